package io.eventagents.notification.receipt;

/** A provider whose receipts arrive over HTTP. Thread-safe. */
interface ReceiptSource {

  /** The last part of its path, {@code /receipts/<name>}. */
  String name();

  /**
   * Checks that the provider sent it, and reads it.
   *
   * @return what it says of messages; empty if it says what nobody asked for
   * @throws ForgedReceipt where the provider did not send it
   * @throws MalformedReceipt where it did, and nothing of it can be read
   * @throws io.eventagents.DependencyUnavailable where that cannot be decided now
   */
  ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt;
}
