package io.eventagents.scheduling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tasks and their reminders. What changes something is called in a transaction that {@linkplain
 * #lock locks} the task first.
 */
final class Reminders {

  private final JdbcClient database;

  Reminders(JdbcClient database) {
    this.database = database;
  }

  /** The task, nobody else's until the transaction ends; made where nothing was known of it. */
  Task lock(String taskId) {
    database
        .sql("insert into scheduling.tasks (task_id) values (?) on conflict do nothing")
        .param(taskId)
        .update();
    return database
        .sql("select * from scheduling.tasks where task_id = ? for update")
        .param(taskId)
        .query(Reminders::task)
        .single();
  }

  void describe(String taskId, Task.Description task) {
    database
        .sql(
            """
            update scheduling.tasks set owner_id = ?, title = ?, due_at = ? where task_id = ?
            """)
        .params(Arrays.asList(task.ownerId(), task.title(), timestamp(task.dueAt()), taskId))
        .update();
  }

  void end(String taskId) {
    database
        .sql("update scheduling.tasks set ended = true where task_id = ?")
        .param(taskId)
        .update();
  }

  void add(Reminder reminder) {
    database
        .sql(
            """
            insert into scheduling.reminders (owner_id, title, due_at, remind_at, status, sequence,
                correlation_id, cause_id, changed_at, reminder_id, task_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(state(reminder))
        .param(reminder.id())
        .param(reminder.taskId())
        .update();
  }

  void replace(Reminder reminder) {
    database
        .sql(
            """
            update scheduling.reminders set owner_id = ?, title = ?, due_at = ?, remind_at = ?,
                status = ?, sequence = ?, correlation_id = ?, cause_id = ?, changed_at = ?
            where reminder_id = ?
            """)
        .params(state(reminder))
        .param(reminder.id())
        .update();
  }

  /** The reminders of a task that are still to come, the next first. */
  List<Reminder> pending(String taskId) {
    return database
        .sql(
            """
            select * from scheduling.reminders where task_id = ? and status = 'SCHEDULED'
            order by remind_at, reminder_id
            """)
        .param(taskId)
        .query(Reminders::reminder)
        .list();
  }

  Optional<Reminder> find(UUID id) {
    return database
        .sql("select * from scheduling.reminders where reminder_id = ?")
        .param(id)
        .query(Reminders::reminder)
        .optional();
  }

  /** The reminders of an owner whose time is not before this, in order of their times. */
  List<Reminder> ofOwner(String ownerId, Instant since) {
    return database
        .sql(
            """
            select * from scheduling.reminders where owner_id = ? and remind_at >= ?
            order by remind_at, reminder_id
            """)
        .params(ownerId, since.atOffset(ZoneOffset.UTC))
        .query(Reminders::reminder)
        .list();
  }

  private static List<@Nullable Object> state(Reminder reminder) {
    return Arrays.asList(
        reminder.ownerId(),
        reminder.title(),
        timestamp(reminder.dueAt()),
        timestamp(reminder.remindAt()),
        reminder.status().name(),
        reminder.sequence(),
        reminder.origin().correlationId(),
        reminder.origin().eventId(),
        timestamp(reminder.changedAt()));
  }

  private static Task task(ResultSet row, int number) throws SQLException {
    String owner = row.getString("owner_id");
    return new Task(
        row.getString("task_id"),
        owner == null
            ? null
            : new Task.Description(owner, row.getString("title"), instant(row, "due_at")),
        row.getBoolean("ended"));
  }

  private static Reminder reminder(ResultSet row, int number) throws SQLException {
    return new Reminder(
        row.getObject("reminder_id", UUID.class),
        row.getString("task_id"),
        row.getString("owner_id"),
        row.getString("title"),
        instant(row, "due_at"),
        row.getObject("remind_at", OffsetDateTime.class).toInstant(),
        Reminder.Status.valueOf(row.getString("status")),
        row.getInt("sequence"),
        new Reminder.Origin(row.getString("correlation_id"), row.getString("cause_id")),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
