package io.eventagents.audit.web;

import io.eventagents.audit.index.ChainQueries;
import io.eventagents.audit.index.ChainSlice;
import java.util.Optional;

/** Finds chains. Thread-safe. */
public final class Chains {

  private final ChainQueries chains;
  private final int atMost;

  /**
   * @param atMost how many records of a chain are shown
   */
  public Chains(ChainQueries chains, int atMost) {
    this.chains = chains;
    this.atMost = atMost;
  }

  /** Empty where no record of it is logged. */
  Optional<Chain> find(String correlationId) {
    ChainSlice slice = chains.slice(correlationId, null, atMost);
    if (slice.events().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Chain(
            correlationId,
            slice.events().stream().map(ChainEvent::of).toList(),
            slice.next() != null));
  }
}
