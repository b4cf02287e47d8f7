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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * For how long a client wants a reminder to be silent: <code>{"duration": "PT15M"}</code> or <code>
 * {"until": "2030-01-15T14:30:00Z"}</code>.
 */
final class SnoozeRequest {

  private static final String DURATION = "duration";
  private static final String UNTIL = "until";
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final JsonReader JSON = JsonBody.reader().nested(path -> true);

  private SnoozeRequest() {}

  /**
   * When to remind again.
   *
   * @throws InvalidRequest where the body does not say it; a problem document that names the field
   */
  static Instant until(byte @Nullable [] body, Instant now) {
    JsonBody input = read(body);
    for (String name : input.names()) {
      if (!name.equals(DURATION) && !name.equals(UNTIL)) {
        throw new InvalidRequest(name, "is not known; there are duration and until");
      }
    }
    if (input.has(DURATION) == input.has(UNTIL)) {
      throw new InvalidRequest(DURATION, "or until is required, and not both");
    }
    JsonFields fields = new JsonFields(input);
    Instant until =
        input.has(DURATION)
            ? now.plus(fields.checked(fields.value(DURATION, SnoozeRequest::duration)))
            : fields.checked(fields.value(UNTIL, JsonValues::time));
    if (!until.isAfter(now)) {
      throw new InvalidRequest(UNTIL, "must not be in the past");
    }
    if (until.isAfter(now.plus(LONGEST))) {
      throw new InvalidRequest(UNTIL, "must be within %d days".formatted(LONGEST.toDays()));
    }
    return until.truncatedTo(ChronoUnit.MILLIS);
  }

  private static JsonBody read(byte @Nullable [] body) {
    try {
      return JSON.read(body);
    } catch (InvalidRequest malformed) {
      throw new InvalidRequest(
          "The body must be a JSON object such as {\"duration\": \"PT15M\"}, each field in it once.");
    }
  }

  private static Duration duration(JsonNode node) {
    if (node.isString()) {
      try {
        Duration duration = Duration.parse(node.stringValue());
        if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
          return duration;
        }
      } catch (DateTimeException malformed) {
        // The message below says how to write it.
      }
    }
    throw new UnfitValue(
        "must be an ISO 8601 duration of more than nothing and at most %d days, such as PT15M"
            .formatted(LONGEST.toDays()));
  }
}
