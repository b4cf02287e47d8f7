package io.eventagents.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The records of all topics as events. */
final class Topics {

  static final String TASKS = "task-events";

  /** Events that only other programs write and only the ledger handles. */
  static final String ACCOUNTS = "account-events";

  /** Events that only other programs write and only the audit agent reads. */
  static final String PARCELS = "parcel-events";

  static final String DELIVERIES = "delivery-events";

  /** Events about follow-ups that were missed or recovered. */
  static final String FOLLOW_UPS = "followup-events";

  private static final String DEAD_LETTERS = "-dead-letters";

  private final List<EventRecord> all;

  Topics(List<EventRecord> all) {
    this.all = all;
  }

  /** The records of the topics that the audit agent logs. */
  List<EventRecord> events() {
    return where(record -> record.place().topic().endsWith("-events"));
  }

  List<EventRecord> deadLetters() {
    return where(record -> record.place().topic().endsWith(DEAD_LETTERS));
  }

  static String agentOfDeadLetter(EventRecord deadLetter) {
    return deadLetter.place().topic().replace(DEAD_LETTERS, "");
  }

  List<EventRecord> of(String topic) {
    return where(record -> record.place().topic().equals(topic));
  }

  /** The first record of each event, by event id, in order. */
  static Map<String, EventRecord> distinct(List<EventRecord> records) {
    Map<String, EventRecord> first = new LinkedHashMap<>();
    records.forEach(record -> first.putIfAbsent(record.eventId(), record));
    return first;
  }

  private List<EventRecord> where(Predicate<EventRecord> condition) {
    List<EventRecord> found = new ArrayList<>();
    for (EventRecord record : all) {
      if (condition.test(record)) {
        found.add(record);
      }
    }
    return found;
  }
}
