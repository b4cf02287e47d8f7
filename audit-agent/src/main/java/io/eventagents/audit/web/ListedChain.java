package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStory;
import io.eventagents.audit.chain.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A chain in a list.
 *
 * @param entity the key of the root event
 * @param events how many events; how many records if {@code truncated}
 * @param outcome {@code complete}, {@code waiting}, {@code overdue} or {@code failed}; if {@code
 *     truncated}, judged by the events that were read
 * @param waitingFor the types of which one is awaited next; left out if the chain waits for nothing
 *     or has failed
 * @param until by when; left out if no time is set
 * @param failures the failures that are not settled; left out if there are none
 * @param missingParents causes that are not logged, or not yet; left out if there are none
 * @param truncated whether the chain is too long to be read whole; left out if not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ListedChain(
    String correlationId,
    Link root,
    @Nullable String entity,
    List<String> sources,
    long events,
    Instant firstAt,
    Instant lastAt,
    String outcome,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> waitingFor,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant until,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Link> failures,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missingParents,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {

  private static final int SHOWN = 100;

  /** An event, in short. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Link(
      @Nullable String eventId,
      @Nullable String eventType,
      @Nullable String source,
      Instant occurredAt) {

    static Link of(ChainNode node) {
      return new Link(
          node.event().eventId(),
          node.event().eventType(),
          node.event().source(),
          node.event().occurredAt());
    }
  }

  /**
   * @param story of a chain, which has a correlation id
   */
  static ListedChain of(ChainStory story) {
    Outcome outcome = story.outcome();
    ChainNode root = story.root();
    return new ListedChain(
        Objects.requireNonNull(story.correlationId()),
        Link.of(root),
        root.event().key(),
        sources(story),
        story.events(),
        story.extent().began(),
        story.extent().ended(),
        name(outcome),
        outcome instanceof Outcome.Waiting waiting ? waiting.types() : List.of(),
        outcome instanceof Outcome.Waiting waiting ? waiting.until() : null,
        story.failures().stream().limit(SHOWN).map(Link::of).toList(),
        story.missingCauses().stream().limit(SHOWN).toList(),
        story.truncated());
  }

  private static List<String> sources(ChainStory story) {
    return story.nodes().stream()
        .map(node -> node.event().source())
        .filter(Objects::nonNull)
        .distinct()
        .limit(SHOWN)
        .toList();
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Complete complete -> "complete";
      case Outcome.Waiting waiting -> waiting.overdue() ? "overdue" : "waiting";
      case Outcome.Failed failed -> "failed";
      case Outcome.Unreadable unreadable -> "unreadable";
    };
  }
}
