package io.eventagents.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPositionTests {

  @ParameterizedTest
  @ValueSource(strings = {"task-events-3@17", "t-0@0", "A.b_c-d-2147483647@9223372036854775807"})
  void readsWhatItWrote(String text) {
    assertThat(RecordPosition.parse(text)).map(RecordPosition::toString).hasValue(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "-1@2",
        "a@1",
        "a-@1",
        "a-1@",
        "a-1@-1",
        "a-+1@1",
        "a-4294967295@1",
        "a-1@18446744073709551615",
        "a\u0000-0@1",
        "a b-0@1",
        "é-0@1",
        "a-1@1\u0662",
        "a-1@1\n"
      })
  void readsNothingElse(String text) {
    assertThat(RecordPosition.parse(text)).isEmpty();
  }

  @Test
  void readsNoTopicThatKafkaCannotHave() {
    assertThat(RecordPosition.parse("t".repeat(249) + "-0@1")).isPresent();
    assertThat(RecordPosition.parse("t".repeat(250) + "-0@1")).isEmpty();
  }
}
