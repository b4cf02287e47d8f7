package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.audit.index.ChainSummary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A chain in a list.
 *
 * @param entity the key of the root event
 * @param events how many; records where {@code truncated}
 * @param failures what failed and is not settled; left out where nothing did
 * @param missingParents causes that are not logged, or not yet; left out where there are none
 * @param truncated whether the chain is too long to be looked at whole; left out where not
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Link> failures,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missingParents,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {

  /** An event, in short. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Link(
      @Nullable String eventId,
      @Nullable String eventType,
      @Nullable String source,
      Instant occurredAt) {

    static Link of(ChainSummary.Link link) {
      return new Link(link.eventId(), link.eventType(), link.source(), link.occurredAt());
    }
  }

  static ListedChain of(ChainSummary summary) {
    return new ListedChain(
        summary.correlationId(),
        Link.of(summary.root()),
        summary.root().entity(),
        summary.sources(),
        summary.events(),
        summary.firstAt(),
        summary.lastAt(),
        summary.failures().stream().map(Link::of).toList(),
        summary.missingParents(),
        summary.truncated());
  }
}
