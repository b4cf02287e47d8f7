package io.eventagents.faults;

import java.util.HashMap;
import java.util.Map;

/**
 * How often the system has sent each message and record. Tests that count repeats compare the
 * counts at their end with those at their start, because the system is shared with tests that kill
 * applications.
 *
 * @param mails the counts of mails by message id
 * @param posts the counts of posts by idempotency key
 * @param records the counts of the system's own records by topic and event id
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

  /** The counts of what has been sent since then. */
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
