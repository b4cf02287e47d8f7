package io.eventagents.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainTreeTests {

  @Test
  void drawsTheLinesOfTheTree() {
    List<ChainEvent> events = List.of(at(0), at(1), at(2), at(1), at(2));

    assertThat(ChainTree.rows(events))
        .extracting(ChainRow::branches)
        .containsExactly(
            List.of(),
            List.of("fork"),
            List.of("pass", "end"),
            List.of("end"),
            List.of("gap", "end"));
  }

  @Test
  void drawsChainsOfAnyLengthAndDepth() {
    List<ChainEvent> events = IntStream.range(0, 100_000).mapToObj(ChainTreeTests::at).toList();

    assertThat(ChainTree.rows(events)).hasSize(100_000);
  }

  @Test
  void laysJsonOutWithoutChangingIt() {
    assertThat(JsonIndent.of("{ \"a\":[1.0E+2,{}, [ ]],\"b\\\" {\":\"x: y\" }"))
        .isEqualTo(
            """
            {
              "a": [
                1.0E+2,
                {},
                []
              ],
              "b\\" {": "x: y"
            }""");
  }

  private static ChainEvent at(int depth) {
    return new ChainEvent(
        "e",
        "a.done",
        "test",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        "a-events",
        0,
        0,
        depth,
        1,
        false,
        null,
        null,
        null,
        null);
  }
}
