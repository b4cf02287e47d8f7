package io.eventagents.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The gauges of an {@link Outbox}: {@code event.agents.outbox.backlog} (records), {@code
 * event.agents.outbox.oldest.age} (seconds) and {@code event.agents.outbox.parked} (records; alarm
 * above 0). Each instance shows the figures of the shared table, or NaN while the database does not
 * answer. It queries at most every 5 s.
 */
public final class OutboxMetrics implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(OutboxMetrics.class);

  private final BacklogGauge backlog;

  /**
   * @param outbox whose figures to show
   */
  public OutboxMetrics(Outbox outbox) {
    this.backlog = new BacklogGauge(outbox, InstantSource.system());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "backlog", "records", "Records that are not sent yet", Backlog::waiting);
    gauge(
        registry,
        "oldest.age",
        "seconds",
        "The age of the oldest record that is not sent yet",
        figures -> figures.oldestAge().toMillis() / 1000.0);
    gauge(registry, "parked", "records", "Records that can never be sent", Backlog::parked);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String unit,
      String description,
      ToDoubleFunction<Backlog> figure) {
    Gauge.builder("event.agents.outbox." + name, () -> read(figure))
        .baseUnit(unit)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private double read(ToDoubleFunction<Backlog> figure) {
    try {
      return figure.applyAsDouble(backlog.read());
    } catch (DataAccessException | TransactionException e) {
      log.debug("No figures of the outbox", e);
      return Double.NaN;
    }
  }
}
