package io.eventagents.audit.web;

import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.index.RecordQueries;
import java.util.List;
import java.util.Optional;

/** Finds chains. Thread-safe. */
public final class Chains {

  private final RecordQueries records;
  private final int atMost;

  /**
   * @param atMost how many records of a chain are shown
   */
  public Chains(RecordQueries records, int atMost) {
    this.records = records;
    this.atMost = atMost;
  }

  /** Empty where no record of it is logged. */
  Optional<Chain> find(String correlationId) {
    List<FoundRecord> found = records.chain(correlationId, atMost + 1);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    boolean truncated = found.size() > atMost;
    List<FoundRecord> shown = truncated ? found.subList(0, atMost) : found;
    return Optional.of(new Chain(correlationId, CausalOrder.of(shown), truncated));
  }
}
