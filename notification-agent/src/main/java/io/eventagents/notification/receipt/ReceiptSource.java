package io.eventagents.notification.receipt;

import java.util.List;

/** A provider whose receipts arrive over HTTP. Thread-safe. */
interface ReceiptSource {

  /** The last part of its path, {@code /receipts/<name>}. */
  String name();

  /**
   * Checks that the provider sent it, and reads it.
   *
   * @return what it says of messages; none where it says what nobody asked for
   * @throws ForgedReceipt where the provider did not send it
   * @throws MalformedReceipt where it did, and it cannot be read
   * @throws io.eventagents.DependencyUnavailable where that cannot be decided now
   */
  List<Receipt> read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt;
}
