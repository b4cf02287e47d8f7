package io.eventagents.audit.console;

import io.eventagents.audit.index.OutlinedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened because of one request, as far as it is logged.
 *
 * @param correlationId null for a record that belongs to no chain
 * @param nodes in the order of causes
 * @param records how many there are, repeated ones counted
 * @param awaited what has not followed
 * @param truncated whether the chain has more records than these
 */
record ChainStory(
    @Nullable String correlationId,
    List<ChainNode> nodes,
    int records,
    List<Awaited> awaited,
    Outcome outcome,
    boolean truncated) {

  /** The event that it began with. */
  ChainNode root() {
    return nodes.getFirst();
  }

  /** Who sent its events, in the order in which they first did. */
  List<String> agents() {
    return nodes.stream().map(ChainNode::agent).distinct().toList();
  }

  Instant began() {
    return nodes.stream()
        .map(node -> node.event().occurredAt())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  Duration duration() {
    Instant last =
        nodes.stream().map(node -> node.event().occurredAt()).max(Instant::compareTo).orElseThrow();
    return Duration.between(began(), last);
  }

  /** What changes where anything does. */
  String version() {
    long last =
        nodes.stream().map(ChainNode::event).mapToLong(OutlinedEvent::number).max().orElse(0);
    long overdue = awaited.stream().filter(Awaited::overdue).count();
    return last + "." + records + "." + overdue;
  }
}
