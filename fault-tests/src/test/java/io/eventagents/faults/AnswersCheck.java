package io.eventagents.faults;

import io.eventagents.EventIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every agent that handles an event of a task answers it with an event whose id derives from the
 * two, and there are no other events.
 */
record AnswersCheck(Journal journal, Expectations expectations) implements Check {

  private static final Set<String> WITHOUT_ANSWERS =
      Set.of(Topics.TASKS, Topics.ACCOUNTS, Topics.PARCELS, Topics.DELIVERIES, Topics.FOLLOW_UPS);

  @Override
  public void check(Topics topics, Findings findings) {
    List<EventRecord> tasks = Expectations.wellFormed(topics, journal);
    Map<String, EventRecord> answers =
        Topics.distinct(
            topics.events().stream()
                .filter(event -> !WITHOUT_ANSWERS.contains(event.place().topic()))
                .toList());
    Expected expected = new Expected(Replayed.of(topics));
    Topics.distinct(topics.of(Topics.ACCOUNTS))
        .values()
        .forEach(account -> expectations.of(account).forEach(expected::require));
    Topics.distinct(tasks)
        .values()
        .forEach(task -> expectations.of(task).forEach(expected::require));
    answers.values().stream()
        .filter(answer -> answer.type().equals("reminder.due"))
        .flatMap(due -> expectations.of(due).stream())
        .forEach(expected::require);
    byTask(tasks).values().forEach(history -> reminders(history, answers, expected, findings));
    expected.required.forEach(
        (id, what) -> {
          if (!answers.containsKey(id)) {
            findings.missing(what);
          }
        });
    answers.values().stream()
        .filter(answer -> !expected.knows(answer.eventId()))
        .forEach(answer -> findings.wrong("unexpected: " + answer));
  }

  private static Map<String, List<EventRecord>> byTask(List<EventRecord> tasks) {
    Map<String, List<EventRecord>> byTask = new LinkedHashMap<>();
    for (EventRecord event : Topics.distinct(tasks).values()) {
      byTask.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event);
    }
    return byTask;
  }

  /** Checks the reminders of one task. */
  private static void reminders(
      List<EventRecord> history,
      Map<String, EventRecord> answers,
      Expected expected,
      Findings findings) {
    boolean isOrdered =
        history.stream().map(event -> event.place().partition()).distinct().count() == 1;
    ReminderHistory reminder = new ReminderHistory(history);
    Map<String, String> ids = reminder.answers();
    if (isOrdered) {
      expected.required.putAll(ids);
    } else {
      // With two partitions, a later event may be read first.
      expected.allowed.addAll(reminder.possible());
    }
    List<EventRecord> rung =
        answers.values().stream()
            .filter(answer -> answer.type().equals("reminder.due"))
            .filter(answer -> answer.key().equals(history.getFirst().key()))
            .toList();
    rung.forEach(due -> expected.allowed.add(due.eventId()));
    if (rung.size() > 1) {
      findings.wrong("more than one reminder: " + rung);
    }
    if (!isOrdered || !reminder.isSoon()) {
      return;
    }
    String cancelled = reminder.cancellation();
    boolean isCancelled = cancelled != null && answers.containsKey(cancelled);
    if (cancelled != null) {
      expected.allowed.add(cancelled);
    }
    if (isCancelled && !rung.isEmpty()) {
      findings.wrong("reminded and cancelled: " + rung);
    }
    if (!isCancelled && rung.isEmpty()) {
      findings.missing(
          "neither reminder.due nor reminder.cancelled of task " + history.getFirst().key());
    }
  }

  /** Ids that must exist, with a description of each, and ids that may exist. */
  private static final class Expected {

    private final Map<String, String> required = new HashMap<>();
    private final Set<String> allowed = new HashSet<>();
    private final Replayed replayed;

    Expected(Replayed replayed) {
      this.replayed = replayed;
    }

    void require(Expectation answer) {
      if (!answer.isDeadLetter() || replayed.includes(answer.agent(), answer.cause())) {
        required.put(
            EventIds.derive(answer.agent(), answer.cause().eventId(), answer.type(), 0),
            "%s of %s, caused by %s".formatted(answer.type(), answer.agent(), answer.cause()));
      }
    }

    boolean knows(String id) {
      return required.containsKey(id) || allowed.contains(id);
    }
  }
}
