package io.eventagents.notification.receipt;

/** A provider whose receipts arrive over HTTP. Thread-safe. */
interface ReceiptSource {

  /** The last part of its path, {@code /receipts/<name>}. */
  String name();

  /**
   * Checks that the provider sent the request, and reads it.
   *
   * @return what it says about messages; empty if that is of no interest
   * @throws ForgedReceipt if the provider did not send it
   * @throws MalformedReceipt if the provider sent it, but nothing of it can be read
   * @throws io.eventagents.DependencyUnavailable if the origin cannot be checked now
   */
  ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt;
}
