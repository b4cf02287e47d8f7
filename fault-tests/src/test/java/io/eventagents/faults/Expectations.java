package io.eventagents.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must follow from the events on the topics.
 *
 * @param agents the agents that run
 */
record Expectations(Set<String> agents) {

  private static final List<String> READERS_OF_CREATED =
      List.of("notification-email", "notification-slack", "reminder-scheduler", "receipt-agent");

  /** All agents that handle {@code task.created}. */
  List<String> readersOfCreated() {
    return READERS_OF_CREATED.stream().filter(agents::contains).toList();
  }

  /**
   * What must follow from this event, except for the scheduler, whose answer depends on earlier
   * events.
   */
  List<Expectation> of(EventRecord event) {
    List<Expectation> answers = new ArrayList<>();
    String owner = event.data("owner_id");
    Expectation mail =
        new Expectation(
            "notification-email",
            event,
            Mailboxes.isGone(owner) ? "notification.failed" : "notification.sent",
            Mailboxes.isGivenUp(owner));
    Expectation post =
        new Expectation(
            "notification-slack",
            event,
            event.data("title").contains(SlackWebhook.FORBIDDEN)
                ? "notification.failed"
                : "notification.sent",
            false);
    switch (event.type()) {
      case "task.created" -> {
        answers.add(mail);
        answers.add(post);
        answers.add(new Expectation("receipt-agent", event, "receipt.issued", false));
      }
      case "task.completed" -> {
        answers.add(post);
        answers.add(new Expectation("receipt-agent", event, "receipt.issued", false));
      }
      case "reminder.due" -> answers.add(mail);
      case "account.changed" ->
          answers.add(
              new Expectation(
                  LedgerTables.AGENT,
                  event,
                  "entry.booked",
                  event.data("note").equals(LedgerTables.REFUSED)));
      default -> {}
    }
    answers.removeIf(answer -> !agents.contains(answer.agent()));
    return answers;
  }

  /** The events of tasks, without the records that no agent can read. */
  static List<EventRecord> wellFormed(Topics topics, Journal journal) {
    Set<Place> poison = poison(journal);
    return topics.of(Topics.TASKS).stream()
        .filter(record -> !poison.contains(record.place()))
        .toList();
  }

  static Set<Place> poison(Journal journal) {
    Set<Place> poison = new HashSet<>();
    for (ForeignRecord record : journal.foreign()) {
      if (record.kind() == ForeignRecord.Kind.POISON) {
        poison.add(record.place());
      }
    }
    return poison;
  }
}
