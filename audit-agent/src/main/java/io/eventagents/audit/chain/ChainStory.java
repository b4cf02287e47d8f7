package io.eventagents.audit.chain;

import io.eventagents.audit.index.ChainExtent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened because of one request, as far as it is logged.
 *
 * @param correlationId null for a record that belongs to no chain
 * @param nodes in the order of causes
 * @param extent the extent of all its records, with repeated ones and those that were not read
 * @param awaited what has not followed
 * @param outcome how it stands, by the events that were read
 * @param truncated whether the chain has more records than were read
 */
public record ChainStory(
    @Nullable String correlationId,
    List<ChainNode> nodes,
    ChainExtent extent,
    List<Awaited> awaited,
    Outcome outcome,
    boolean truncated) {

  /** The event that it began with: a root whose cause is not missing, if there is one. */
  public ChainNode root() {
    return nodes.stream()
        .filter(node -> node.depth() == 0 && !node.causeMissing())
        .findFirst()
        .orElseGet(nodes::getFirst);
  }

  /** The agents that sent its events, in the order of their first events. */
  public List<String> agents() {
    return nodes.stream().map(ChainNode::agent).distinct().toList();
  }

  /** The causes that are not logged, or not yet. */
  public List<String> missingCauses() {
    return nodes.stream()
        .filter(ChainNode::causeMissing)
        .map(node -> Objects.requireNonNull(node.event().causationId()))
        .distinct()
        .toList();
  }

  /** The events that report failures that nobody has settled. */
  public List<ChainNode> failures() {
    return awaited.stream().filter(Awaited::failed).map(Awaited::node).distinct().toList();
  }

  /** The number of events; of records if not all were read. */
  public long events() {
    return truncated ? extent.records() : nodes.size();
  }

  /** The first {@code occurred_at}. */
  public Instant began() {
    return extent.began();
  }

  /** From the first {@code occurred_at} to the last. */
  public Duration duration() {
    return Duration.between(extent.began(), extent.ended());
  }

  /** A text that changes if anything in the chain does. */
  public String version() {
    long overdue = awaited.stream().filter(Awaited::overdue).count();
    return extent.last() + "." + extent.records() + "." + awaited.size() + "." + overdue;
  }
}
