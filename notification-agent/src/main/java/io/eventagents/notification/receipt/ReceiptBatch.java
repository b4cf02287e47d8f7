package io.eventagents.notification.receipt;

import java.util.List;

/**
 * What a source told at once.
 *
 * @param receipts what it says of messages
 * @param malformed the entries that cannot be read, each with what it lacks; the others count all
 *     the same
 */
record ReceiptBatch(List<Receipt> receipts, List<MalformedReceipt> malformed) {

  ReceiptBatch {
    receipts = List.copyOf(receipts);
    malformed = List.copyOf(malformed);
  }

  /** Of entries that can all be read. */
  static ReceiptBatch of(Receipt... receipts) {
    return new ReceiptBatch(List.of(receipts), List.of());
  }

  /** Whether it says nothing that anybody asked for. */
  boolean isEmpty() {
    return receipts.isEmpty() && malformed.isEmpty();
  }
}
