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
 * @param extent of all its records, repeated ones and those that were not read too
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

  /** The event that it began with. One that waits for its cause is that only if all do. */
  public ChainNode root() {
    return nodes.stream()
        .filter(node -> node.depth() == 0 && !node.causeMissing())
        .findFirst()
        .orElseGet(nodes::getFirst);
  }

  /** Who sent its events, in the order in which they first did. */
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

  /** The events that tell of failures that nobody has put right. */
  public List<ChainNode> failures() {
    return awaited.stream().filter(Awaited::failed).map(Awaited::node).distinct().toList();
  }

  /** How many events; records where not all were read. */
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

  /** What changes where anything does. */
  public String version() {
    long overdue = awaited.stream().filter(Awaited::overdue).count();
    return extent.last() + "." + extent.records() + "." + awaited.size() + "." + overdue;
  }
}
