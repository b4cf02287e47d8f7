package io.eventagents.audit.index;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches into the index: by {@code COPY}; where rows are there already, by replacing them;
 * and where the database refuses a record, one after the other. Not thread-safe.
 */
final class IndexWriter {

  private static final Logger log = LoggerFactory.getLogger(IndexWriter.class);

  private final RecordIndex index;
  private final int number;
  private final Consumer<IndexedRecord> inPart;

  /**
   * @param number of the log in the index
   * @param inPart told of each record that could not be taken whole
   */
  IndexWriter(RecordIndex index, int number, Consumer<IndexedRecord> inPart) {
    this.index = index;
    this.number = number;
    this.inPart = inPart;
  }

  /**
   * Returns when the batch is stored.
   *
   * @throws RuntimeException where the database cannot be reached, or takes nothing of a record
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
   * The same without {@code COPY}, for records that are there.
   *
   * @throws RuntimeException where the database cannot be reached, or takes nothing of a record
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

  /** One record that is refused must not keep the others out. */
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
            "The index has {}-{} offset {} by its position and its headers only, since {}; the log has all of it, in {}",
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
