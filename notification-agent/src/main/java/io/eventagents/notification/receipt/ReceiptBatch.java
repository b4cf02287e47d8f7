package io.eventagents.notification.receipt;

import java.util.List;

/**
 * What a source reported in one call.
 *
 * @param receipts what it says about messages
 * @param malformed the entries that cannot be read, each with what it lacks; the others still count
 */
record ReceiptBatch(List<Receipt> receipts, List<MalformedReceipt> malformed) {

  ReceiptBatch {
    receipts = List.copyOf(receipts);
    malformed = List.copyOf(malformed);
  }

  /** A batch without malformed entries. */
  static ReceiptBatch of(Receipt... receipts) {
    return new ReceiptBatch(List.of(receipts), List.of());
  }

  /** Whether it contains nothing of interest. */
  boolean isEmpty() {
    return receipts.isEmpty() && malformed.isEmpty();
  }
}
