package io.eventagents.audit.index;

import java.util.EnumSet;
import java.util.Optional;

/** The search box: takes an id of any kind, or a text. Thread-safe. */
public final class Search {

  private final RecordQueries records;

  /** Searches these records. */
  public Search(RecordQueries records) {
    this.records = records;
  }

  /**
   * Says what a term is; empty if nothing has it. If it is several things, the first of these
   * counts: a chain, an event, an entity, the cause of events (a call, or an event that is not
   * logged), an event type, an agent, a topic, a value in data, words in data.
   */
  public Optional<Finding> find(String term) {
    String text = term.strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (has(Criterion.CHAIN, text)) {
      return Optional.of(new Finding(Criterion.CHAIN, text, text));
    }
    return records
        .find(text)
        .or(
            () ->
                EnumSet.range(Criterion.ENTITY, Criterion.TEXT).stream()
                    .filter(criterion -> has(criterion, text))
                    .findFirst()
                    .map(criterion -> new Finding(criterion, text, null)));
  }

  private boolean has(Criterion criterion, String text) {
    return records.exists(RecordFilter.of(criterion, text));
  }
}
