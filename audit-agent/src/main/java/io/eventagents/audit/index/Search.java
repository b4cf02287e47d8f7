package io.eventagents.audit.index;

import java.util.List;
import java.util.Optional;

/** The search box: takes an id of any kind, or a text. Thread-safe. */
public final class Search {

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
    if (records.exists(RecordFilter.ofChain(text))) {
      return new Finding.Chain(text);
    }
    Optional<Finding.Event> event = records.find(text);
    if (event.isPresent()) {
      return event.get();
    }
    if (records.exists(RecordFilter.ofEntity(text))) {
      return new Finding.Entity(text);
    }
    for (Finding.Events possible :
        List.of(
            new Finding.Events(Finding.Kind.CAUSE, RecordFilter.causedBy(text)),
            new Finding.Events(Finding.Kind.TYPE, RecordFilter.ofType(text)),
            new Finding.Events(Finding.Kind.SOURCE, RecordFilter.ofSource(text)),
            new Finding.Events(Finding.Kind.TOPIC, RecordFilter.ofTopic(text)),
            new Finding.Events(Finding.Kind.VALUE, RecordFilter.withValue(text)),
            new Finding.Events(Finding.Kind.TEXT, RecordFilter.withText(text)))) {
      if (records.exists(possible.filter())) {
        return possible;
      }
    }
    return new Finding.Nothing(text);
  }
}
