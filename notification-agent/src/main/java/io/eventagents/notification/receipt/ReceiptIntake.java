package io.eventagents.notification.receipt;

import io.eventagents.DatabaseFailure;
import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.template.OneLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes receipts from all sources, each by itself. If one is wrong, it is counted and logged,
 * and the others are processed. Thread-safe.
 */
final class ReceiptIntake {

  private static final Logger log = LoggerFactory.getLogger(ReceiptIntake.class);

  private static final int MOST_NAMED = 10;

  private final DeliveryReceipts receipts;
  private final ReceiptCounts counts;

  ReceiptIntake(DeliveryReceipts receipts, ReceiptCounts counts) {
    this.receipts = receipts;
    this.counts = counts;
  }

  /**
   * Processes a batch of a source. The same batch again changes nothing.
   *
   * @throws DependencyUnavailable if the database is away; the source must send the whole batch
   *     again
   * @throws RuntimeException the first failure, after the other receipts were processed
   */
  void take(String source, ReceiptBatch batch) {
    if (batch.isEmpty()) {
      counts.add(source, ReceiptOutcome.IGNORED);
    }
    batch.malformed().forEach(malformed -> counts.add(source, ReceiptOutcome.MALFORMED));
    batch.malformed().stream()
        .limit(MOST_NAMED)
        .forEach(
            malformed ->
                log.warn(
                    "A receipt of {} cannot be read and is skipped: {}",
                    source,
                    malformed.getMessage()));
    if (batch.malformed().size() > MOST_NAMED) {
      log.warn(
          "{} more of the same batch of {} cannot be read",
          batch.malformed().size() - MOST_NAMED,
          source);
    }
    RuntimeException failure = null;
    for (Receipt receipt : batch.receipts()) {
      RuntimeException thrown = take(source, receipt);
      failure = failure == null ? thrown : failure;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable RuntimeException take(String source, Receipt receipt) {
    ReceiptOutcome outcome;
    try {
      outcome = receipts.accept(receipt);
    } catch (RuntimeException e) {
      if (DatabaseFailure.comesBack(e)) {
        throw new DependencyUnavailable("database", e);
      }
      counts.add(source, ReceiptOutcome.FAILED);
      log.warn(
          "A receipt ({}) of {} for the message {} cannot be taken: {}",
          receipt.kind(),
          source,
          OneLine.of(receipt.messageId(), Receipt.LONGEST),
          OneLine.of(e.toString(), Receipt.LONGEST));
      return e;
    }
    counts.add(source, outcome);
    return null;
  }
}
