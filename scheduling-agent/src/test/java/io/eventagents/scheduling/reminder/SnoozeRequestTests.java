package io.eventagents.scheduling.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.eventagents.http.FieldError;
import io.eventagents.http.InvalidRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.ErrorResponseException;

class SnoozeRequestTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"duration\": \"PT15M\"} | 2025-01-15T14:45:00Z",
        "{\"duration\": \"P1DT1H\"} | 2025-01-16T15:30:00Z",
        "{\"until\": \"2025-01-16T09:00:00+01:00\"} | 2025-01-16T08:00:00Z"
      })
  void readsADurationOrATime(String body, Instant until) {
    assertThat(SnoozeRequest.until(body.getBytes(UTF_8), NOW)).isEqualTo(until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The body must be a JSON object such as {\"duration\": \"PT15M\"}",
        "[] | The body must be a JSON object",
        "{\"duration\": | The body must be a JSON object",
        "{\"duration\": \"PT1M\", \"duration\": \"PT2M\"} | The body must be a JSON object",
        "{\"duration\": \"PT1M\"} {} | The body must be a JSON object",
        "{} | duration or until is required, and not both.",
        "{\"duration\": \"PT1M\", \"until\": \"2030-01-01T00:00:00Z\"} | duration or until is required",
        "{\"minutes\": 5} | minutes is not known; there are duration and until; see errors for all.",
        "{\"duration\": 15} | duration must be an ISO 8601 duration",
        "{\"duration\": \"15m\"} | duration must be an ISO 8601 duration",
        "{\"duration\": \"PT0S\"} | duration must be an ISO 8601 duration of more than zero",
        "{\"duration\": \"-PT1S\"} | duration must be an ISO 8601 duration of more than zero",
        "{\"duration\": \"P999999999D\"} | duration must be an ISO 8601 duration of more than zero",
        "{\"until\": \"tomorrow\"} | until must be a time with its offset",
        "{\"until\": \"2025-01-16T09:00:00\"} | until must be a time with its offset",
        "{\"until\": null} | until must be a time with its offset",
        "{\"until\": \"2025-01-15T14:30:00Z\"} | until must not be in the past.",
        "{\"until\": \"2027-01-15T14:30:00Z\"} | until must be within 366 days.",
        "{\"until\": \"+999999999-01-01T00:00:00Z\"} | until must be a time with its offset"
      })
  void saysWhatIsWrong(String body, String detail) {
    assertThatThrownBy(() -> SnoozeRequest.until(body.getBytes(UTF_8), NOW))
        .asInstanceOf(type(ErrorResponseException.class))
        .satisfies(
            problem -> {
              assertThat(problem.getStatusCode().value()).isEqualTo(400);
              assertThat(problem.getBody().getDetail()).startsWith(detail);
            });
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    String body = "{\"duration\": 15, \"until\": \"tomorrow\", \"minutes\": 5}";

    assertThatThrownBy(() -> SnoozeRequest.until(body.getBytes(UTF_8), NOW))
        .asInstanceOf(type(InvalidRequest.class))
        .satisfies(
            invalid ->
                assertThat(invalid.errors())
                    .extracting(FieldError::field)
                    .containsExactly("minutes", "duration", "duration", "until"));
  }
}
