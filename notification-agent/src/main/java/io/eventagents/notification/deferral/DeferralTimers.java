package io.eventagents.notification.deferral;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.eventagents.notification.channel.Deferral;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores each message and sets its timer in one transaction. The first timer of a digest that rings
 * sends all its messages, and the other timers find nothing left to do.
 */
final class DeferralTimers implements Deferral {

  static final String TABLE = "notification.timers";
  static final TaskDescriptor<Void> MESSAGE = TaskDescriptor.of("deferred-message");

  /** Set here, so that nothing asks the database for its kind before it is up. */
  static final PostgreSqlJdbcCustomization POSTGRESQL =
      new PostgreSqlJdbcCustomization(false, false);

  private final DeferredMessages messages;
  private final SchedulerClient scheduler;
  private final TransactionOperations transaction;
  private final Clock clock;

  DeferralTimers(
      DeferredMessages messages,
      DataSource dataSource,
      TransactionOperations transaction,
      Clock clock) {
    this.messages = messages;
    this.scheduler =
        SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
            .tableName(TABLE)
            .jdbcCustomization(POSTGRESQL)
            .build();
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void keep(Later message) {
    transaction.executeWithoutResult(
        status -> {
          if (messages.add(message, clock.instant())) {
            scheduler.scheduleIfNotExists(MESSAGE.instance(message.id()).build(), message.at());
          }
        });
  }

  @Override
  public boolean has(String id) {
    return messages.has(id);
  }
}
