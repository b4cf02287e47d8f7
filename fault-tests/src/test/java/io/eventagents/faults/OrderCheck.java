package io.eventagents.faults;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a task are in its partition in the order in which they occurred, and an agent's
 * answers are in the order of their causes. Answers to replayed events are exempt, unless the
 * agent's ordering is strict.
 */
record OrderCheck(Journal journal) implements Check {

  @Override
  public void check(Topics topics, Findings findings) {
    List<EventRecord> tasks = Expectations.wellFormed(topics, journal);
    inOrderOfCommands(tasks, findings);
    Replayed replayed = Replayed.of(topics);
    Map<String, EventRecord> causes = Topics.distinct(topics.events());
    Map<String, EventRecord> last = new HashMap<>();
    for (EventRecord answer : Topics.distinct(topics.events()).values()) {
      EventRecord cause = causes.get(answer.causationId());
      // Reminders, failures and follow-ups come at times of their own.
      if (cause == null
          || answer.type().equals("reminder.due")
          || answer.place().topic().equals(Topics.DELIVERIES)
          || answer.place().topic().equals(Topics.FOLLOW_UPS)
          || (replayed.includes(answer.source(), cause)
              && !answer.source().equals(LedgerTables.AGENT))) {
        continue;
      }
      String line =
          "%s %s-%d %s %s-%d"
              .formatted(
                  answer.source(),
                  answer.place().topic(),
                  answer.place().partition(),
                  answer.key(),
                  cause.place().topic(),
                  cause.place().partition());
      EventRecord before = last.put(line, cause);
      if (before != null && before.place().offset() > cause.place().offset()) {
        findings.wrong(
            "%s answers %s after an answer to the later %s".formatted(answer, cause, before));
      }
    }
  }

  private void inOrderOfCommands(List<EventRecord> tasks, Findings findings) {
    Map<String, Integer> numbers = new HashMap<>();
    journal.commands().forEach(command -> numbers.put(command.correlationId(), numbers.size()));
    Map<String, EventRecord> last = new LinkedHashMap<>();
    for (EventRecord event : Topics.distinct(tasks).values()) {
      Integer number = numbers.get(event.correlationId());
      if (number == null) {
        continue;
      }
      String line = event.place().partition() + " " + event.key();
      EventRecord before = last.put(line, event);
      if (before != null && numbers.getOrDefault(before.correlationId(), 0) > number) {
        findings.wrong("%s comes after the later event %s".formatted(event, before));
      }
    }
  }
}
