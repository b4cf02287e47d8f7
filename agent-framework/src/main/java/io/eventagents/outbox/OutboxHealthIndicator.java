package io.eventagents.outbox;

import java.time.InstantSource;
import java.util.Locale;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Shows what waits in the outbox. It is {@code UP} with a backlog, which is what an outbox is for.
 * It is {@code DOWN} while a record is parked: that record waits for a person, and the later
 * records of its key wait with it. Neither a restart nor less traffic would help, so it belongs
 * neither to liveness nor to readiness.
 */
public final class OutboxHealthIndicator extends AbstractHealthIndicator {

  private final BacklogGauge backlog;
  private final OutboxRelay relay;

  /**
   * @param outbox whose figures to show
   * @param relay whose state to show
   */
  public OutboxHealthIndicator(Outbox outbox, OutboxRelay relay) {
    super("The outbox cannot be read");
    this.backlog = new BacklogGauge(outbox, InstantSource.system());
    this.relay = relay;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    String state = relay.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    builder.withDetail("relay", state);
    Backlog figures = backlog.read();
    builder
        .status(figures.parked() == 0 ? Status.UP : Status.DOWN)
        .withDetail("backlog", figures.waiting())
        .withDetail("oldest_age_seconds", figures.oldestAge().toSeconds())
        .withDetail("held", figures.held())
        .withDetail("parked", figures.parked());
  }
}
