package io.eventagents.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The gauge {@code event.agents.database.refuses}: 1 while the database takes no writes. */
public final class DatabaseMetrics implements MeterBinder {

  private final DatabaseWrites writes;

  /**
   * @param writes what is known about writes
   */
  public DatabaseMetrics(DatabaseWrites writes) {
    this.writes = writes;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(
            "event.agents.database.refuses", writes, known -> known.refusal().isPresent() ? 1 : 0)
        .description("1 while the database takes nothing that is written to it")
        .register(registry);
  }
}
