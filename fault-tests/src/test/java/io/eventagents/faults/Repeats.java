package io.eventagents.faults;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How often messages and records were sent again. A repeat is harmless, because it has the id of
 * the first; without a crash, there should be none.
 *
 * @param commands repeated records of task events, without copies by other programs
 * @param answers repeated records of answers by agents that have an inbox
 * @param mails repeated mails
 * @param posts repeated posts
 */
record Repeats(long commands, long answers, int mails, int posts) {

  private static final Set<String> WITH_INBOX = Set.of("notification-events", "reminder-events");

  static Repeats of(Topics topics, FaultySystem system) {
    return new Repeats(
        again(topics, topic -> topic.equals(Topics.TASKS)),
        again(topics, WITH_INBOX::contains),
        again(system.mail().arrivals()),
        again(system.slack().taken()));
  }

  private static long again(Topics topics, Predicate<String> topic) {
    var own =
        topics.events().stream()
            .filter(event -> topic.test(event.place().topic()))
            .filter(event -> event.header(ForeignProducer.MARK) == null)
            .toList();
    return (long) own.size() - Topics.distinct(own).size();
  }

  private static int again(Map<String, Integer> arrivals) {
    return arrivals.values().stream().mapToInt(times -> times - 1).sum();
  }
}
