package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStory;
import io.eventagents.audit.chain.Outcome;
import io.eventagents.audit.index.CausalOrder;
import io.eventagents.audit.index.ChainExtent;
import io.eventagents.audit.index.OutlinedEvent;
import io.eventagents.audit.index.RecordPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeRowTests {

  @Test
  void drawsTheLinesOfTheTree() {
    List<TreeRow> rows =
        rows(
            List.of(
                event("root", null),
                event("a", "root"),
                event("a1", "a"),
                event("b", "root"),
                event("b1", "b")));

    assertThat(rows)
        .extracting(TreeRow::branches)
        .containsExactly(
            List.of(),
            List.of("fork"),
            List.of("pass", "end"),
            List.of("end"),
            List.of("gap", "end"));
  }

  @Test
  void drawsAChainAsDeepAsItIsLong() {
    List<OutlinedEvent> events = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      events.add(event("e" + i, i == 0 ? null : "e" + (i - 1)));
    }

    assertThat(rows(events.reversed()).getLast().level()).isEqualTo(100_000);
  }

  @Test
  void limitsTheIndentOfDeepJson() {
    String deep = "[".repeat(4000) + "1,".repeat(2000) + "2" + "]".repeat(4000);

    assertThat(JsonIndent.of(deep)).hasSizeLessThan(100 * deep.length()).contains("\n  [");
  }

  @Test
  void indentsJsonWithoutChangingIt() {
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

  private static List<TreeRow> rows(List<OutlinedEvent> events) {
    List<ChainNode> nodes = ChainNode.of(CausalOrder.of(events), cause -> false);
    return TreeRow.of(
        new ChainStory(
            "c", nodes, ChainExtent.of(events), List.of(), new Outcome.Complete(), false),
        0,
        nodes.size(),
        Instant.EPOCH,
        node -> null);
  }

  private static OutlinedEvent event(String id, @Nullable String cause) {
    return new OutlinedEvent(
        new RecordPlace("topic", "a-events", 0, 0, Instant.EPOCH),
        0,
        null,
        id,
        "a.done",
        "test",
        "c",
        cause,
        Instant.EPOCH,
        false,
        null);
  }
}
