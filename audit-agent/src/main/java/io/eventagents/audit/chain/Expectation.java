package io.eventagents.audit.chain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What should follow an event. Until it does, the chain waits for it, or has failed there.
 *
 * @param after the type of the event
 * @param until the types of which one should follow; with none, the event is how it ends
 * @param same names of fields in the data of both that have to agree; without any, what follows has
 *     to be caused by the event, at whatever distance
 * @param deadline the field in the data of the event that says by when
 * @param within how long it may take, where no field says it
 * @param failed whether this is a failure until then, and not mere waiting
 */
public record Expectation(
    String after,
    @DefaultValue List<String> until,
    @DefaultValue List<String> same,
    @Nullable String deadline,
    @Nullable Duration within,
    boolean failed) {

  private static final List<String> REMINDED =
      List.of("reminder.due", "reminder.cancelled", "reminder.rescheduled");

  /** What is expected in a system of these agents. */
  public static final List<Expectation> OURS =
      List.of(
          waiting(
              "task.created",
              List.of("notification.sent", "notification.failed"),
              List.of(),
              null,
              Duration.ofSeconds(30)),
          waiting("reminder.scheduled", REMINDED, List.of("reminder_id"), "remind_at", null),
          waiting("reminder.rescheduled", REMINDED, List.of("reminder_id"), "remind_at", null),
          waiting(
              "followup.missed",
              List.of("followup.recovered"),
              List.of("cause_id", "expected_type"),
              "deadline",
              null),
          failure("notification.failed"),
          failure("email.bounced"),
          failure("sms.failed"),
          new Expectation(
              "delivery.failed",
              // What fails once more after a replay is told by an event of its own.
              List.of("delivery.replayed", "delivery.discarded", "delivery.failed"),
              List.of("agent", "event_id"),
              null,
              null,
              true));

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException where nothing is named, or nothing would ever be shown
   */
  public Expectation {
    until = List.copyOf(until);
    same = List.copyOf(same);
    if (after.isBlank()) {
      throw new IllegalArgumentException(
          "audit.console.expectations: set 'after' to the type of an event, such as task.created");
    }
    if (until.isEmpty() && !failed) {
      throw new IllegalArgumentException(
          "audit.console.expectations: set 'until' to the types that should follow "
              + after
              + ", or 'failed' where it is a failure by itself");
    }
  }

  private static Expectation waiting(
      String after,
      List<String> until,
      List<String> same,
      @Nullable String deadline,
      @Nullable Duration within) {
    return new Expectation(after, until, same, deadline, within, false);
  }

  private static Expectation failure(String after) {
    return new Expectation(after, List.of(), List.of(), null, null, true);
  }
}
