package io.eventagents.database;

import io.eventagents.DatabaseFailure;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of writes to the database. The {@code db} indicator only asks the database for an answer,
 * which a read-only or full one gives. This one is {@code DOWN} while the database takes no writes,
 * and says why and since when. It does not ask the database itself.
 */
public final class DatabaseHealthIndicator implements HealthIndicator {

  private final DatabaseWrites writes;

  /**
   * @param writes what is known about writes
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
