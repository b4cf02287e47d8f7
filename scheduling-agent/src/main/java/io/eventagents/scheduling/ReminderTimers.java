package io.eventagents.scheduling;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Sets the timers of reminders, in the transaction of the caller: timer, reminder and event are
 * there together or not at all.
 *
 * <p>A timer is no more than a wake-up call; whether and when to remind is the reminder's to say.
 * So moving and cancelling may leave alone a timer that is ringing just now.
 */
final class ReminderTimers {

  static final String TABLE = "scheduling.timers";
  static final TaskDescriptor<Void> REMINDER = TaskDescriptor.of("reminder");

  /** Named, so that nothing asks the database what it is before it is there. */
  static final PostgreSqlJdbcCustomization POSTGRESQL =
      new PostgreSqlJdbcCustomization(false, false);

  private final SchedulerClient scheduler;
  private final JdbcClient database;

  ReminderTimers(DataSource dataSource, JdbcClient database) {
    this.scheduler =
        SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
            .tableName(TABLE)
            .jdbcCustomization(POSTGRESQL)
            .build();
    this.database = database;
  }

  void set(UUID reminderId, Instant at) {
    scheduler.scheduleIfNotExists(REMINDER.instance(reminderId.toString()).build(), at);
  }

  // The library's own calls fail on a timer that is picked between its two statements.
  void move(UUID reminderId, Instant at) {
    database
        .sql(
            """
            update scheduling.timers set execution_time = ?, version = version + 1
            where task_name = ? and task_instance = ? and not picked
            """)
        .params(at.atOffset(ZoneOffset.UTC), REMINDER.getTaskName(), reminderId.toString())
        .update();
  }

  void clear(UUID reminderId) {
    database
        .sql(
            """
            delete from scheduling.timers
            where task_name = ? and task_instance = ? and not picked
            """)
        .params(REMINDER.getTaskName(), reminderId.toString())
        .update();
  }
}
