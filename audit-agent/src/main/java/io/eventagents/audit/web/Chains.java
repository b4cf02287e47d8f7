package io.eventagents.audit.web;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.answer.Share;
import io.eventagents.audit.index.ChainOrder;
import io.eventagents.audit.index.ChainQueries;
import io.eventagents.audit.index.ChainRecord;
import io.eventagents.http.PageLimit;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds chains. Thread-safe. */
public final class Chains {

  private final ChainQueries chains;
  private final AnswerRoom room;
  private final int atMost;

  /**
   * @param room the memory that answers share
   * @param atMost how many events of a chain an answer has at most
   */
  public Chains(ChainQueries chains, AnswerRoom room, int atMost) {
    this.chains = chains;
    this.room = room;
    this.atMost = atMost;
  }

  /**
   * A page of a chain; empty if no record of it is logged.
   *
   * @param cursor of the page before, as it was sent
   * @param limit as it was sent
   * @throws org.springframework.web.ErrorResponseException if either is invalid
   */
  Optional<Chain> page(String correlationId, @Nullable String cursor, @Nullable String limit) {
    int size = PageLimit.parse(limit, atMost, atMost);
    Share share = room.share();
    ChainOrder order = chains.order(correlationId, share);
    RowStream<ChainRecord> rows =
        RowStream.first(
            share, chains.records(order, place(order, cursor)), size, Paging.LARGEST_BYTES);
    return rows.hasNext() ? Optional.of(new Chain(correlationId, order, rows)) : Optional.empty();
  }

  /**
   * Exports a whole chain. Its order is determined before the export begins, so a refusal comes
   * first.
   *
   * @param to begins the export
   * @return whether a record of it is logged
   */
  boolean export(String correlationId, Export.Begin to) throws IOException {
    Share share = room.share();
    ChainOrder order = chains.order(correlationId, share);
    RowStream<ChainRecord> rows = RowStream.all(share, chains.records(order, 0));
    if (!rows.hasNext()) {
      return false;
    }
    Export export = to.begin();
    while (rows.hasNext()) {
      ChainRecord event = rows.next();
      export.event(
          Export.Exported.of(
              event.record(), event.depth(), event.missingParent(), event.occurrences()));
    }
    if (order.truncated()) {
      export.events(RowStream.all(share, chains.behind(order)));
    }
    export.end();
    return true;
  }

  private static int place(ChainOrder order, @Nullable String cursor) {
    Integer place = Paging.cursor(cursor, order::place);
    return place == null ? 0 : place;
  }
}
