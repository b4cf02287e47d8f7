package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStory;
import io.eventagents.audit.chain.Outcome;
import io.eventagents.audit.index.CausalOrder;
import io.eventagents.audit.index.ChainExtent;
import io.eventagents.audit.index.OutlinedEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeBadgeTests {

  private static final List<OutlinedEvent> EVENTS =
      List.of(
          new OutlinedEvent(
              null, 1, null, "e", "a.done", "a", "c", null, Instant.EPOCH, false, null));
  private static final List<ChainNode> NODES = ChainNode.of(CausalOrder.of(EVENTS), cause -> false);

  @Test
  void saysHowAChainStands() {
    assertThat(chip(new Outcome.Complete(), false))
        .isEqualTo(new OutcomeBadge("complete", "complete", ""));
  }

  @Test
  void saysThatNotAllOfAChainWasRead() {
    assertThat(chip(new Outcome.Complete(), true))
        .isEqualTo(new OutcomeBadge("unread", "complete in its first 1 event", ""));
    assertThat(chip(new Outcome.Failed(NODES.getFirst(), 0), true))
        .isEqualTo(new OutcomeBadge("failed", "failed at a in its first 1 event", "no address"));
  }

  private static OutcomeBadge chip(Outcome outcome, boolean truncated) {
    return OutcomeBadge.of(
        new ChainStory("c", NODES, ChainExtent.of(EVENTS), List.of(), outcome, truncated),
        Instant.EPOCH,
        node -> "no address");
  }
}
