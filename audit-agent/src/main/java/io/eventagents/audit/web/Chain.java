package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.index.ChainOrder;
import io.eventagents.audit.index.ChainRecord;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened because of one request, in causal order, or a page of it. The events are
 * read while they are sent; whether more follow is known after the last.
 */
@JsonPropertyOrder({"correlation_id", "events", "truncated", "next_cursor"})
final class Chain {

  private final String correlationId;
  private final ChainOrder order;
  private final RowStream<ChainRecord> rows;

  Chain(String correlationId, ChainOrder order, RowStream<ChainRecord> rows) {
    this.correlationId = correlationId;
    this.order = order;
    this.rows = rows;
  }

  @JsonProperty("correlation_id")
  String correlationId() {
    return correlationId;
  }

  @JsonProperty("events")
  Iterator<ChainEvent> events() {
    return new Streamed<>(rows, ChainEvent::of);
  }

  /** Whether the chain has more events than are shown; left out if not. */
  @JsonProperty("truncated")
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  boolean truncated() {
    return rows.hasMore() || order.truncated();
  }

  /** For the events that follow; left out if there are none. */
  @JsonProperty("next_cursor")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable String nextCursor() {
    return rows.hasMore() ? order.cursor(rows.last().place() + 1) : null;
  }
}
