package io.eventagents.outbox;

import java.time.InstantSource;
import java.util.Locale;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows what waits in the outbox. It is up as long as the database answers: a backlog is what an
 * outbox is for, and a parked record holds back its own key only; neither is mended by a restart or
 * by taking traffic away. The alarm is the gauge {@code event.agents.outbox.parked} and the error
 * in the log.
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
        .up()
        .withDetail("backlog", figures.waiting())
        .withDetail("oldest_age_seconds", figures.oldestAge().toSeconds())
        .withDetail("held", figures.held())
        .withDetail("parked", figures.parked());
  }
}
