package io.eventagents.audit.console;

import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStory;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chain in the list.
 *
 * @param id of its row in the page
 * @param entity the key of its first record; null if that has none
 * @param agents the first agents
 * @param moreAgents how many others
 */
record ListedChain(
    String id,
    String path,
    String type,
    @Nullable String entity,
    List<String> agents,
    int moreAgents,
    String allAgents,
    String events,
    String duration,
    Instant began,
    String time,
    OutcomeBadge badge) {

  private static final int AGENTS = 2;

  /**
   * @param reasons of failures, as the viewer may see them
   */
  static ListedChain of(ChainStory story, Instant now, Function<ChainNode, String> reasons) {
    ChainNode root = story.root();
    List<String> agents = story.agents();
    return new ListedChain(
        "row-" + root.event().number(),
        story.correlationId() == null ? Links.node(root) : Links.chain(story.correlationId()),
        root.type(),
        root.event().key(),
        agents.stream().limit(AGENTS).toList(),
        Math.max(0, agents.size() - AGENTS),
        String.join(", ", agents),
        Counts.of(story.events(), story.truncated() ? "record" : "event"),
        Durations.text(story.duration()),
        story.began(),
        Moments.rough(story.began(), now),
        OutcomeBadge.of(story, now, reasons));
  }
}
