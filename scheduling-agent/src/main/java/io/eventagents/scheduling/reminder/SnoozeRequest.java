package io.eventagents.scheduling.reminder;

import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonFields;
import io.eventagents.http.JsonReader;
import io.eventagents.http.JsonValues;
import io.eventagents.http.UnfitValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How long a client wants to snooze a reminder: <code>{"duration": "PT15M"}</code> or <code>
 * {"until": "2030-01-15T14:30:00Z"}</code>.
 */
final class SnoozeRequest {

  private static final String DURATION = "duration";
  private static final String UNTIL = "until";
  private static final Set<String> KNOWN = Set.of(DURATION, UNTIL);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final JsonReader JSON = JsonBody.reader().nested(path -> true);

  private SnoozeRequest() {}

  /**
   * When to remind again.
   *
   * @throws InvalidRequest with every error of the body
   */
  static Instant until(byte @Nullable [] body, Instant now) {
    JsonBody input = read(body);
    JsonFields fields = new JsonFields(input);
    fields.refuseUnknown(KNOWN, "is not known; there are duration and until");
    if (input.has(DURATION) == input.has(UNTIL)) {
      fields.wrong(DURATION, "or until is required, and not both");
    }
    Duration duration = fields.value(DURATION, SnoozeRequest::duration);
    Instant until = fields.value(UNTIL, node -> time(node, now));
    return fields
        .checked(duration == null ? until : now.plus(duration))
        .truncatedTo(ChronoUnit.MILLIS);
  }

  private static JsonBody read(byte @Nullable [] body) {
    try {
      return JSON.read(body);
    } catch (InvalidRequest malformed) {
      throw new InvalidRequest(
          "The body must be a JSON object such as {\"duration\": \"PT15M\"}, each field in it once.");
    }
  }

  private static Instant time(JsonNode node, Instant now) {
    Instant time = JsonValues.time(node);
    if (!time.isAfter(now)) {
      throw new UnfitValue("must not be in the past");
    }
    if (time.isAfter(now.plus(LONGEST))) {
      throw new UnfitValue("must be within %d days".formatted(LONGEST.toDays()));
    }
    return time;
  }

  private static Duration duration(JsonNode node) {
    if (node.isString()) {
      try {
        Duration duration = Duration.parse(node.stringValue());
        if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
          return duration;
        }
      } catch (DateTimeException malformed) {
        // The message below says what it must be.
      }
    }
    throw new UnfitValue(
        "must be an ISO 8601 duration of more than zero and at most %d days, such as PT15M"
            .formatted(LONGEST.toDays()));
  }
}
