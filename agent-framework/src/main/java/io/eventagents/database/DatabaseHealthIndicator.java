package io.eventagents.database;

import io.eventagents.DatabaseFailure;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of what is written to the database. {@code db} asks it for an answer only, which one that
 * is read-only or full gives: this one is {@code DOWN} while it takes nothing, and says why and
 * since when. It asks nobody itself.
 */
public final class DatabaseHealthIndicator implements HealthIndicator {

  private final DatabaseWrites writes;

  /**
   * @param writes what is known of them
   */
  public DatabaseHealthIndicator(DatabaseWrites writes) {
    this.writes = writes;
  }

  @Override
  public Health health() {
    return writes.refusal().map(DatabaseHealthIndicator::down).orElseGet(() -> Health.up().build());
  }

  private static Health down(DatabaseRefusal refusal) {
    DatabaseFailure failure = refusal.failure();
    Health.Builder down =
        Health.down()
            .withDetail("reason", failure.summary())
            .withDetail("message", failure.message())
            .withDetail("since", refusal.since());
    if (failure.sqlState() != null) {
      down.withDetail("sql_state", failure.sqlState());
    }
    return down.build();
  }
}
