package io.eventagents.audit.index;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to the index by {@code COPY}. If some rows exist already, it replaces them; if the
 * database refuses a record, it writes the records one by one. Not thread-safe.
 */
final class IndexWriter {

  private static final Logger log = LoggerFactory.getLogger(IndexWriter.class);

  private final RecordIndex index;
  private final int number;
  private final Consumer<IndexedRecord> inPart;

  /**
   * @param number the number of the log in the index
   * @param inPart is given each record that could not be stored completely
   */
  IndexWriter(RecordIndex index, int number, Consumer<IndexedRecord> inPart) {
    this.index = index;
    this.number = number;
    this.inPart = inPart;
  }

  /**
   * Writes a batch, and returns when it is stored.
   *
   * @throws RuntimeException if the database cannot be reached, or takes no part of a record
   */
  void write(IndexBatch batch) {
    try {
      if (index.copy(number, batch.rows(), batch.span())) {
        tell(batch.records());
        return;
      }
    } catch (RuntimeException e) {
      storeEach(batch.records(), batch.span(), e);
      return;
    }
    store(batch.records(), batch.span());
  }

  /**
   * Writes records that have rows already, without {@code COPY}.
   *
   * @throws RuntimeException if the database cannot be reached, or takes no part of a record
   */
  void store(List<IndexedRecord> records, IndexSpan span) {
    try {
      index.store(number, records, span);
    } catch (RuntimeException e) {
      storeEach(records, span, e);
      return;
    }
    tell(records);
  }

  /** A refused record must not keep the others out. */
  private void storeEach(List<IndexedRecord> records, IndexSpan span, RuntimeException because) {
    if (Refusals.reason(because) == null) {
      throw because;
    }
    log.debug("One of {} records is refused; storing each", records.size(), because);
    if (span.replaces()) {
      index.drop(number, span);
    }
    for (IndexedRecord record : records) {
      store(record, span.upTo(record.end()));
    }
    index.store(number, List.of(), span.upTo(span.to()));
  }

  private void store(IndexedRecord record, IndexSpan span) {
    try {
      index.store(number, List.of(record), span);
      tell(List.of(record));
    } catch (RuntimeException e) {
      String reason = Refusals.reason(e);
      if (reason == null) {
        throw e;
      }
      log.debug("The record in {} is refused", record.place(), e);
      IndexedRecord bare = record.bare(reason);
      index.store(number, List.of(bare), span);
      tell(List.of(bare));
    }
  }

  private void tell(List<IndexedRecord> records) {
    for (IndexedRecord record : records) {
      if (record.inPart() != null) {
        log.error(
            "The index has only the position and the ids of {}-{} offset {}, because {}; the log has the whole record in {}",
            record.partition().topic(),
            record.partition().partition(),
            record.offset(),
            record.inPart(),
            record.place());
        inPart.accept(record);
      }
    }
  }
}
