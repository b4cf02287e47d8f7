package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.index.Cursor;
import io.eventagents.audit.index.FoundRecord;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A page of events, the latest first. They are read while they are sent; whether more follow is
 * known after the last.
 */
@JsonPropertyOrder({"events", "next_cursor"})
final class EventPage {

  private final RowStream<FoundRecord> rows;

  EventPage(RowStream<FoundRecord> rows) {
    this.rows = rows;
  }

  @JsonProperty("events")
  Iterator<ListedEvent> events() {
    return new Streamed<>(rows, ListedEvent::of);
  }

  /** For the next page; null on the last. */
  @JsonProperty("next_cursor")
  @Nullable String nextCursor() {
    return rows.hasMore() ? Cursor.after(rows.last()).text() : null;
  }
}
