package io.eventagents.notification.receipt;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The meter {@code notification.receipts}, by where they came from and what became of them. */
final class ReceiptCounts {

  static final String METER = "notification.receipts";

  private final MeterRegistry meters;

  ReceiptCounts(MeterRegistry meters) {
    this.meters = meters;
  }

  void published(String source, DeliveryReceipts.Outcome outcome) {
    count(source, outcome.name().toLowerCase(Locale.ROOT));
  }

  /** It says what nobody asked for: that a mail was opened, say. */
  void ignored(String source) {
    count(source, "ignored");
  }

  void forged(String source) {
    count(source, "forged");
  }

  void malformed(String source) {
    count(source, "malformed");
  }

  /** It could be read, and something broke on it each time. */
  void failed(String source) {
    count(source, "failed");
  }

  private void count(String source, String outcome) {
    meters.counter(METER, "source", source, "outcome", outcome).increment();
  }
}
