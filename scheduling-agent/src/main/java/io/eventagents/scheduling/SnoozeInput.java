package io.eventagents.scheduling;

import io.eventagents.http.InvalidRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * For how long a client wants a reminder to be silent: <code>{"duration": "PT15M"}</code> or <code>
 * {"until": "2030-01-15T14:30:00Z"}</code>.
 */
final class SnoozeInput {

  private static final String DURATION = "duration";
  private static final String UNTIL = "until";
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SnoozeInput() {}

  /**
   * When to remind again.
   *
   * @throws InvalidRequest where the body does not say it; a problem document that names the field
   */
  static Instant until(byte[] body, Instant now) {
    JsonNode input = read(body);
    for (String name : input.propertyNames()) {
      if (!name.equals(DURATION) && !name.equals(UNTIL)) {
        throw new InvalidRequest(name, "is not known; there are duration and until");
      }
    }
    if (input.has(DURATION) == input.has(UNTIL)) {
      throw new InvalidRequest(DURATION, "or until is required, and not both");
    }
    Instant until =
        input.has(DURATION) ? now.plus(duration(input.get(DURATION))) : time(input.get(UNTIL));
    if (!until.isAfter(now)) {
      throw new InvalidRequest(UNTIL, "must not be in the past");
    }
    if (until.isAfter(now.plus(LONGEST))) {
      throw new InvalidRequest(UNTIL, "must be within %d days".formatted(LONGEST.toDays()));
    }
    return until.truncatedTo(ChronoUnit.MILLIS);
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode input = JSON.readTree(body);
      if (input.isObject()) {
        return input;
      }
    } catch (JacksonException malformed) {
      // The message below says how to write it.
    }
    throw new InvalidRequest(
        "The body must be a JSON object such as {\"duration\": \"PT15M\"}, each field in it once.");
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
    throw new InvalidRequest(
        DURATION,
        "must be an ISO 8601 duration of more than nothing and at most %d days, such as PT15M"
            .formatted(LONGEST.toDays()));
  }

  private static Instant time(JsonNode node) {
    if (node.isString()) {
      try {
        return OffsetDateTime.parse(node.stringValue()).toInstant();
      } catch (DateTimeException malformed) {
        // The message below says how to write it.
      }
    }
    throw new InvalidRequest(UNTIL, "must be a time with its offset, such as 2030-01-15T14:30:00Z");
  }
}
