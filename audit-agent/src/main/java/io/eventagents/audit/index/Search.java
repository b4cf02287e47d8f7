package io.eventagents.audit.index;

import java.util.List;
import java.util.Optional;

/** The search box: takes an id of any kind, or a text. Thread-safe. */
public final class Search {

  private static final List<Criterion> OF_SEVERAL =
      List.of(
          Criterion.CAUSE,
          Criterion.TYPE,
          Criterion.SOURCE,
          Criterion.TOPIC,
          Criterion.VALUE,
          Criterion.TEXT);

  private final RecordQueries records;

  /** A search in these records. */
  public Search(RecordQueries records) {
    this.records = records;
  }

  /**
   * Says what a term is. Where it is several things, the first of these counts: a chain, an event,
   * an entity, what caused events (a call, or an event that is not logged), an event type, an
   * agent, a topic, a value within data, words within data.
   */
  public Finding find(String term) {
    String text = term.strip();
    if (text.isEmpty()) {
      return new Finding.Nothing(text);
    }
    if (records.exists(RecordFilter.of(Criterion.CHAIN, text))) {
      return new Finding.Chain(text);
    }
    Optional<Finding.Event> event = records.find(text);
    if (event.isPresent()) {
      return event.get();
    }
    if (records.exists(RecordFilter.of(Criterion.ENTITY, text))) {
      return new Finding.Entity(text);
    }
    for (Criterion criterion : OF_SEVERAL) {
      RecordFilter filter = RecordFilter.of(criterion, text);
      if (records.exists(filter)) {
        return new Finding.Events(criterion, filter);
      }
    }
    return new Finding.Nothing(text);
  }
}
