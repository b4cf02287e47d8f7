package io.eventagents.audit.chain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What should follow an event. Until it does, the chain waits for it, or has failed there.
 *
 * @param after the type of the event
 * @param until the types of which one should follow; none if the event is the end
 * @param same names of fields that must agree in the data of both; without any, the event must
 *     cause what follows, directly or indirectly
 * @param deadline the field in the data of the event that has the time by which it should follow
 * @param within how long it may take if no field has the time
 * @param failed whether the chain has failed until then, and does not just wait
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
              // A delivery that fails again after a replay has an event of its own.
              List.of("delivery.replayed", "delivery.discarded", "delivery.failed"),
              List.of("agent", "event_id"),
              null,
              null,
              true));

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if no type is named, or nothing would ever be shown
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
              + ", or 'failed' if it is a failure by itself");
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
