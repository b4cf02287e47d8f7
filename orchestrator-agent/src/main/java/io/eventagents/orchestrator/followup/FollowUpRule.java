package io.eventagents.orchestrator.followup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which event should follow another, and within what time.
 *
 * <pre>
 * orchestrator.follow-ups[0].after=task.created
 * orchestrator.follow-ups[0].expect=reminder.scheduled
 * orchestrator.follow-ups[0].within=30s
 * orchestrator.follow-ups[0].when.field=due_at
 * </pre>
 *
 * @param after the type of the first event
 * @param expect the type of the event that it should cause
 * @param within how long that may take
 * @param when restricts the rule to some events of the type; all if it is not set
 */
public record FollowUpRule(String after, String expect, Duration within, @Nullable Condition when) {

  @SuppressWarnings("ConstantValue") // Settings that are missing are bound as null.
  public FollowUpRule {
    if (isMissing(after) || isMissing(expect) || within == null) {
      throw new IllegalArgumentException(
          "A follow-up is incomplete (after=%s, expect=%s, within=%s). Set all three: after=task.created, expect=notification.sent, within=30s."
              .formatted(after, expect, within));
    }
    if (!within.isPositive()) {
      throw new IllegalArgumentException(
          "%s is expected after %s within %s. Set 'within' to more than 0, such as 30s."
              .formatted(expect, after, within));
    }
  }

  private static boolean isMissing(@Nullable String type) {
    return type == null || type.isBlank();
  }

  /** Whether the rule applies to an event with this data. */
  boolean appliesTo(JsonNode data) {
    return when == null || when.holdsFor(data);
  }

  /**
   * What an event's data must contain.
   *
   * @param field a field of the data, as on the wire
   * @param is its value as text; anything but null if it is not set
   */
  record Condition(String field, @Nullable String is) {

    @SuppressWarnings("ConstantValue") // A setting that is missing is bound as null.
    Condition {
      if (isMissing(field)) {
        throw new IllegalArgumentException(
            "A follow-up's condition names no field. Set when.field=due_at, or remove 'when'.");
      }
    }

    private boolean holdsFor(JsonNode data) {
      JsonNode value = data.path(field);
      return !value.isMissingNode()
          && !value.isNull()
          && (is == null || is.equals(value.isValueNode() ? value.asString() : value.toString()));
    }
  }
}
