package io.eventagents.notification.receipt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The meter {@code notification.receipts}, by source and outcome. */
final class ReceiptCounts {

  static final String METER = "notification.receipts";

  private final MeterRegistry meters;

  ReceiptCounts(MeterRegistry meters) {
    this.meters = meters;
  }

  void add(String source, ReceiptOutcome outcome) {
    Counter.builder(METER)
        .tags("source", source, "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .description("What became of the receipts that arrived")
        .register(meters)
        .increment();
  }
}
