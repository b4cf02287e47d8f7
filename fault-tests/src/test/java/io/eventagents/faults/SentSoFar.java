package io.eventagents.faults;

import java.util.HashMap;
import java.util.Map;

/**
 * How often the system has sent each thing. Tests that count repeats hold what they see at their
 * end against what there was at their beginning: a system is shared, and others kill it.
 *
 * @param mails by message id
 * @param posts by idempotency key
 * @param records of the system's own, by topic and event id
 */
record SentSoFar(
    Map<String, Integer> mails, Map<String, Integer> posts, Map<String, Integer> records) {

  static SentSoFar by(FaultySystem system) {
    try (TopicReader reader = new TopicReader(system.landscape().bootstrapServers())) {
      return by(system, new Topics(reader.readAll()));
    }
  }

  static SentSoFar by(FaultySystem system, Topics topics) {
    Map<String, Integer> records = new HashMap<>();
    topics.events().stream()
        .filter(event -> event.header(ForeignProducer.MARK) == null)
        .forEach(
            event -> records.merge(event.place().topic() + " " + event.eventId(), 1, Integer::sum));
    return new SentSoFar(system.mail().arrivals(), system.slack().taken(), records);
  }

  /** What has been sent since then, and how often. */
  SentSoFar since(SentSoFar before) {
    return new SentSoFar(
        since(mails, before.mails), since(posts, before.posts), since(records, before.records));
  }

  private static Map<String, Integer> since(Map<String, Integer> now, Map<String, Integer> before) {
    Map<String, Integer> since = new HashMap<>(now);
    before.forEach((id, times) -> since.merge(id, -times, Integer::sum));
    since.values().removeIf(times -> times == 0);
    return since;
  }
}
