package io.eventagents.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.http.InvalidRequest;
import io.eventagents.orchestrator.task.CreateTask;
import io.eventagents.orchestrator.task.Task;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

class PreconditionTests {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Task FIRST =
      Task.create(new CreateTask("Review", "user-456", 2, null, null, null), NOW).task();

  /** In version 2. */
  private static final Task TASK = FIRST.complete(NOW).task();

  private static final Task DELETED = FIRST.delete(NOW).task();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        " * ",
        "\"2\"",
        "\"2-0a1b2c3d\"",
        "\"1\", \"2\"",
        "\"1\",,\"2\",",
        "W/\"2\", \"2\"",
        "\"a,b\" ,\t\"2\""
      })
  void isMet(String header) {
    assertThatCode(() -> Precondition.of(List.of(header)).check(TASK, true))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1\"",
        "\"3\"",
        "W/\"2\"",
        "\"\"",
        "\"2-x\"",
        "\"02\"",
        "\"99999999999999999999\""
      })
  void isNotMet(String header) {
    assertThatExceptionOfType(ErrorResponseException.class)
        .isThrownBy(() -> Precondition.of(List.of(header)).check(TASK, false))
        .satisfies(stale -> assertThat(stale.getStatusCode().value()).isEqualTo(412));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "", "\"2", "\"2\" \"3\"", "w/\"2\"", "*, \"2\"", "\"a b\""})
  void isNoneAtAll(String header) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Precondition.of(List.of(header)))
        .satisfies(refused -> assertThat(refused.errors().get(0).field()).isEqualTo("If-Match"));
  }

  @Test
  @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isReadQuicklyEvenIfItIsLong() {
    String blanks = " ".repeat(7_000);

    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Precondition.of(List.of("\"1\"" + blanks + "x")));
  }

  @Test
  void mayStandInSeveralLines() {
    assertThatCode(() -> Precondition.of(List.of("\"1\"", "\"2\"")).check(TASK, false))
        .doesNotThrowAnyException();
  }

  @Test
  void isNotMetByADeletedTask() {
    assertThatExceptionOfType(ErrorResponseException.class)
        .isThrownBy(() -> Precondition.of(List.of("*")).check(DELETED, false))
        .satisfies(stale -> assertThat(stale.getStatusCode().value()).isEqualTo(412));
  }

  @Test
  void mayBeRequired() {
    assertThatCode(() -> Precondition.of(List.of()).check(TASK, false)).doesNotThrowAnyException();
    assertThatExceptionOfType(ErrorResponseException.class)
        .isThrownBy(() -> Precondition.of(List.of()).check(TASK, true))
        .satisfies(refused -> assertThat(refused.getStatusCode().value()).isEqualTo(428));
  }
}
