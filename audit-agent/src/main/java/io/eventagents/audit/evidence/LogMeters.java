package io.eventagents.audit.evidence;

import io.eventagents.audit.log.LogMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The metrics {@code audit.log.*}. */
public final class LogMeters implements LogMeter {

  private final Counter records;
  private final Counter bytes;
  private final Counter lost;

  /** Registers them. */
  public LogMeters(MeterRegistry meters) {
    this.records =
        Counter.builder("audit.log.records")
            .description("Records written to the audit log")
            .register(meters);
    this.bytes =
        Counter.builder("audit.log.bytes")
            .description("Bytes written to the audit log")
            .baseUnit("bytes")
            .register(meters);
    this.lost =
        Counter.builder("audit.log.lost")
            .description("Offsets that the broker deleted before they were read")
            .register(meters);
  }

  @Override
  public void written(int records, long bytes) {
    this.records.increment(records);
    this.bytes.increment((double) bytes);
  }

  @Override
  public void lost(long offsets) {
    lost.increment((double) offsets);
  }
}
