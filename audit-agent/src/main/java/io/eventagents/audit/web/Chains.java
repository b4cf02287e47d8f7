package io.eventagents.audit.web;

import io.eventagents.audit.index.ChainQueries;
import io.eventagents.audit.index.ChainSlice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds chains. Thread-safe. */
public final class Chains {

  private final ChainQueries chains;
  private final int atMost;

  /**
   * @param atMost how many events of a chain an answer has
   */
  public Chains(ChainQueries chains, int atMost) {
    this.chains = chains;
    this.atMost = atMost;
  }

  /** Empty where no record of it is logged. */
  Optional<Chain> find(String correlationId) {
    return page(correlationId, null, null);
  }

  /**
   * A part of a chain; empty where no record of it is logged.
   *
   * @param cursor of the page before, as it was sent
   * @param limit as it was sent
   * @throws org.springframework.web.ErrorResponseException where one of them is none
   */
  Optional<Chain> page(String correlationId, @Nullable String cursor, @Nullable String limit) {
    String from = cursor == null || cursor.isEmpty() ? null : cursor;
    ChainSlice slice = slice(correlationId, from, Paging.size(limit, atMost, atMost));
    if (slice.events().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Chain(
            correlationId,
            slice.events().stream().map(ChainEvent::of).toList(),
            slice.truncated() || slice.next() != null,
            slice.next()));
  }

  private ChainSlice slice(String correlationId, @Nullable String from, int size) {
    try {
      return chains.slice(correlationId, from, size);
    } catch (IllegalArgumentException e) {
      throw Paging.noCursor();
    }
  }
}
