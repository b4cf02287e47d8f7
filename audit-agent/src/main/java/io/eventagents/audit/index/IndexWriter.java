package io.eventagents.audit.index;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;

/**
 * Brings batches into the index: by {@code COPY}; where rows are there already, by replacing them;
 * and where the database refuses a record, one after the other. Not thread-safe.
 */
final class IndexWriter {

  private static final Logger log = LoggerFactory.getLogger(IndexWriter.class);

  private final RecordIndex index;
  private final int number;
  private final Runnable refused;

  /**
   * @param number of the log in the index
   * @param refused told of each record that could not be taken whole
   */
  IndexWriter(RecordIndex index, int number, Runnable refused) {
    this.index = index;
    this.number = number;
    this.refused = refused;
  }

  /**
   * Returns when the batch is stored.
   *
   * @throws org.springframework.dao.DataAccessException where the database cannot be reached
   */
  void write(IndexBatch batch) {
    try {
      if (!index.copy(number, batch.rows(), batch.span())) {
        index.store(number, batch.records(), batch.span());
      }
    } catch (NonTransientDataAccessException e) {
      rethrowOutage(e);
      storeEach(batch.records(), batch.span(), e);
    }
  }

  /** One record that the database refuses must not keep the others out. */
  private void storeEach(List<IndexedRecord> records, IndexSpan span, Exception because) {
    log.warn("PostgreSQL refuses one of {} records; storing each", records.size(), because);
    if (span.replaces()) {
      index.drop(number, span);
    }
    for (IndexedRecord record : records) {
      IndexSpan single = span.upTo(record.end());
      try {
        index.store(number, List.of(record), single);
      } catch (NonTransientDataAccessException e) {
        rethrowOutage(e);
        refused.run();
        log.error("The index takes the record in {} in part only", record.place(), e);
        index.store(number, List.of(record.bare()), single);
      }
    }
    index.store(number, List.of(), span.upTo(span.to()));
  }

  private static void rethrowOutage(NonTransientDataAccessException e) {
    if (e instanceof NonTransientDataAccessResourceException) {
      throw e;
    }
  }
}
