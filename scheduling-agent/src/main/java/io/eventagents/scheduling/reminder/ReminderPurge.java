package io.eventagents.scheduling.reminder;

import io.eventagents.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes reminders that fired or were cancelled long ago, and tasks that ended long ago and have
 * no reminders left. Several instances may do so at once.
 */
public final class ReminderPurge {

  private static final int AT_ONCE = 1_000;

  private final JdbcClient database;
  private final ShownReminders shown;
  private final TransactionOperations transaction;
  private final Duration retention;
  private final Clock clock;

  public ReminderPurge(
      JdbcClient database,
      ShownReminders shown,
      TransactionOperations transaction,
      Duration retention,
      Clock clock) {
    this.database = database;
    this.shown = shown;
    this.transaction = transaction;
    this.retention = retention;
    this.clock = clock;
  }

  /** Deletes some and returns whether there may be more. */
  public boolean purge() {
    OffsetDateTime end = Rows.utc(clock.instant().minus(retention));
    return transaction.execute(
        status -> {
          boolean moreReminders = reminders(end) == AT_ONCE;
          boolean moreTasks = tasks(end) == AT_ONCE;
          return moreReminders || moreTasks;
        });
  }

  private int reminders(OffsetDateTime end) {
    List<UUID> old =
        database
            .sql(
                """
                select r.reminder_id
                from scheduling.reminders r join scheduling.tasks t on t.task_id = r.task_id
                where r.status <> 'SCHEDULED' and r.changed_at < :end and r.remind_at < :end
                order by r.changed_at limit :limit
                for update of t, r skip locked
                """)
            .param("end", end)
            .param("limit", AT_ONCE)
            .query((row, number) -> row.getObject("reminder_id", UUID.class))
            .list();
    if (!old.isEmpty()) {
      shown.forget(old);
      database
          .sql("delete from scheduling.reminders where reminder_id = any (:ids::uuid[])")
          .param("ids", Rows.array(old))
          .update();
    }
    return old.size();
  }

  private int tasks(OffsetDateTime end) {
    return database
        .sql(
            """
            delete from scheduling.tasks where task_id in (
              select t.task_id from scheduling.tasks t
              where t.ended and t.ended_at < :end and not exists (
                select from scheduling.reminders r where r.task_id = t.task_id)
              order by t.ended_at limit :limit
              for update skip locked)
            """)
        .param("end", end)
        .param("limit", AT_ONCE)
        .update();
  }
}
