package io.eventagents.orchestrator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.http.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCursorTests {

  @Test
  void comesBackAsItWasGiven() {
    assertThat(TaskCursor.decode(new TaskCursor(42).encoded())).isEqualTo(new TaskCursor(42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%%", "NDI", "MTotNQ", "MTo5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "MTo"})
  void refusesWhatIsNone(String cursor) {
    assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> TaskCursor.decode(cursor));
  }
}
