package io.eventagents.scheduling.reminder;

import io.eventagents.Rows;
import io.eventagents.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Tasks and their reminders in the database. Call methods that change something in a transaction
 * that {@linkplain #lock locks} the task first.
 */
public final class Reminders {

  private static final String COLUMNS =
      """
      r.reminder_id, r.task_id, r.owner_id, r.title, r.due_at, r.time_zone, r.remind_at, r.status,
      r.occurrence, r.snoozed, r.sequence, r.correlation_id, r.cause_id, r.changed_at""";

  private static final String DUE =
      """
      select %s, t.recurrence is not null as recurs
      from scheduling.reminders r join scheduling.tasks t on t.task_id = r.task_id
      where r.status = 'SCHEDULED' and r.ring_at <= :now %s
      order by r.ring_at limit :limit
      for update of t, r skip locked
      """;

  private final JdbcClient database;
  private final ShownReminders shown;

  public Reminders(JdbcClient database, ShownReminders shown) {
    this.database = database;
    this.shown = shown;
  }

  /** The task, locked until the transaction ends; a new row if it was unknown. */
  ScheduledTask lock(String taskId) {
    database
        .sql("insert into scheduling.tasks (task_id) values (:task_id) on conflict do nothing")
        .param("task_id", taskId)
        .update();
    return database
        .sql(
            """
            select task_id, owner_id, title, due_at, priority, recurrence, time_zone, occurrence,
                occurrence_at, ended
            from scheduling.tasks where task_id = :task_id for update
            """)
        .param("task_id", taskId)
        .query(Reminders::task)
        .single();
  }

  void describe(ScheduledTask.Planned planned) {
    ScheduledTask.Description task = planned.task();
    database
        .sql(
            """
            update scheduling.tasks
            set owner_id = :owner_id, title = :title, due_at = :due_at, priority = :priority,
                recurrence = :recurrence, time_zone = :time_zone, occurrence = :occurrence,
                occurrence_at = :occurrence_at
            where task_id = :task_id
            """)
        .param("owner_id", task.ownerId())
        .param("title", task.title())
        .param("due_at", Rows.utcOrNull(task.dueAt()))
        .param("priority", task.priority())
        .param("recurrence", task.recurrence())
        .param("time_zone", name(task.zone()))
        .param("occurrence", planned.due().occurrence())
        .param("occurrence_at", Rows.utcOrNull(planned.due().at()))
        .param("task_id", planned.taskId())
        .update();
  }

  void end(String taskId, Instant now) {
    database
        .sql("update scheduling.tasks set ended = true, ended_at = :now where task_id = :task_id")
        .param("now", Rows.utc(now))
        .param("task_id", taskId)
        .update();
  }

  void add(Reminder reminder) {
    values(
            database.sql(
                """
                insert into scheduling.reminders
                  (reminder_id, task_id, owner_id, title, due_at, time_zone, remind_at, ring_at,
                   status, occurrence, snoozed, sequence, correlation_id, cause_id, changed_at)
                values
                  (:id, :task_id, :owner_id, :title, :due_at, :time_zone, :remind_at, :remind_at,
                   :status, :occurrence, :snoozed, :sequence, :correlation_id, :cause_id, :changed_at)
                """),
            reminder)
        .param("task_id", reminder.taskId())
        .update();
    shown.show(reminder);
  }

  void replace(Reminder reminder) {
    values(
            database.sql(
                """
                update scheduling.reminders
                set owner_id = :owner_id, title = :title, due_at = :due_at, time_zone = :time_zone,
                  remind_at = :remind_at, ring_at = :remind_at, status = :status,
                  occurrence = :occurrence, snoozed = :snoozed, sequence = :sequence,
                  correlation_id = :correlation_id, cause_id = :cause_id, changed_at = :changed_at,
                  failures = 0
                where reminder_id = :id
                """),
            reminder)
        .update();
    shown.show(reminder);
  }

  /** The reminders of a task that are still to come, in order. */
  public List<Reminder> pending(String taskId) {
    return select(
            """
            where task_id = :task_id and status = 'SCHEDULED'
            order by remind_at, reminder_id
            """)
        .param("task_id", taskId)
        .query(Reminders::reminder)
        .list();
  }

  /**
   * Reminders whose time has come, the earliest first, locked with their tasks until the
   * transaction ends. Those that another transaction has locked are skipped.
   */
  List<DueReminder> lockDue(Instant now, int most) {
    return database
        .sql(DUE.formatted(COLUMNS, ""))
        .param("now", Rows.utc(now))
        .param("limit", most)
        .query(Reminders::dueReminder)
        .list();
  }

  /** The same for one reminder. */
  List<DueReminder> lockDue(Instant now, UUID id) {
    return database
        .sql(DUE.formatted(COLUMNS, "and r.reminder_id = :id"))
        .param("now", Rows.utc(now))
        .param("id", id)
        .param("limit", 1)
        .query(Reminders::dueReminder)
        .list();
  }

  /** The ids of reminders whose time has come, without a lock. */
  List<UUID> due(Instant now, int most) {
    return database
        .sql(
            """
            select reminder_id from scheduling.reminders where status = 'SCHEDULED' and ring_at <= :now
            order by ring_at limit :limit
            """)
        .param("now", Rows.utc(now))
        .param("limit", most)
        .query((row, number) -> row.getObject("reminder_id", UUID.class))
        .list();
  }

  /** Marks them as fired. Nothing that a calendar shows changes. */
  void fire(Collection<UUID> ids) {
    database
        .sql(
            "update scheduling.reminders set status = 'FIRED' where reminder_id = any (:ids::uuid[])")
        .param("ids", Rows.array(ids))
        .update();
  }

  /** How many times the reminder could not be fired. */
  int failures(UUID id) {
    return database
        .sql("select failures from scheduling.reminders where reminder_id = :id")
        .param("id", id)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** Tries the reminder again at another time. */
  void postpone(UUID id, Instant to, int failures) {
    // If it was moved to a later time in the meantime, that time stands.
    database
        .sql(
            """
            update scheduling.reminders set ring_at = :to, failures = :failures
            where reminder_id = :id and status = 'SCHEDULED' and ring_at < :to
            """)
        .param("to", Rows.utc(to))
        .param("failures", failures)
        .param("id", id)
        .update();
  }

  public Optional<Reminder> find(UUID id) {
    return select("where reminder_id = :id").param("id", id).query(Reminders::reminder).optional();
  }

  /**
   * The reminders of an owner in the order of their times: the next ones, and before them as many
   * past ones as there is room for.
   *
   * @param since the earliest time of a past one
   * @param most the most to return
   */
  public OwnerReminders ofOwner(String ownerId, Instant since, Instant now, int most) {
    List<Reminder> next =
        select(
                """
                where owner_id = :owner_id and remind_at >= :now
                order by remind_at, reminder_id limit :limit
                """)
            .param("owner_id", ownerId)
            .param("now", Rows.utc(now))
            .param("limit", most + 1)
            .query(Reminders::reminder)
            .list();
    int left = Math.max(0, most - next.size());
    List<Reminder> before =
        select(
                """
                where owner_id = :owner_id and remind_at >= :since and remind_at < :now
                order by remind_at desc, reminder_id desc limit :limit
                """)
            .param("owner_id", ownerId)
            .param("since", Rows.utc(since))
            .param("now", Rows.utc(now))
            .param("limit", left + 1)
            .query(Reminders::reminder)
            .list();
    List<Reminder> shown = new ArrayList<>(before.stream().limit(left).toList());
    Collections.reverse(shown);
    next.stream().limit(most).forEach(shown::add);
    return new OwnerReminders(shown, shown.size() < next.size() + before.size());
  }

  private StatementSpec select(String condition) {
    return database.sql("select %s from scheduling.reminders r %s".formatted(COLUMNS, condition));
  }

  private static StatementSpec values(StatementSpec statement, Reminder reminder) {
    return statement
        .param("id", reminder.id())
        .param("owner_id", reminder.ownerId())
        .param("title", reminder.title())
        .param("due_at", Rows.utcOrNull(reminder.dueAt()))
        .param("time_zone", name(reminder.zone()))
        .param("remind_at", Rows.utc(reminder.remindAt()))
        .param("status", reminder.status().name())
        .param("occurrence", reminder.occurrence())
        .param("snoozed", reminder.snoozed())
        .param("sequence", reminder.sequence())
        // All other texts are checked: see TaskFields.
        .param("correlation_id", StorableText.escape(reminder.origin().correlationId()))
        .param("cause_id", StorableText.escape(reminder.origin().eventId()))
        .param("changed_at", Rows.utc(reminder.changedAt()));
  }

  private static ScheduledTask task(ResultSet row, int number) throws SQLException {
    String owner = row.getString("owner_id");
    return new ScheduledTask(
        row.getString("task_id"),
        owner == null
            ? null
            : new ScheduledTask.Description(
                owner,
                row.getString("title"),
                Rows.instantOrNull(row, "due_at"),
                row.getInt("priority"),
                row.getString("recurrence"),
                zone(row)),
        new ScheduledTask.Due(row.getInt("occurrence"), Rows.instantOrNull(row, "occurrence_at")),
        row.getBoolean("ended"));
  }

  private static DueReminder dueReminder(ResultSet row, int number) throws SQLException {
    return new DueReminder(reminder(row, number), row.getBoolean("recurs"));
  }

  private static Reminder reminder(ResultSet row, int number) throws SQLException {
    return new Reminder(
        row.getObject("reminder_id", UUID.class),
        row.getString("task_id"),
        row.getString("owner_id"),
        row.getString("title"),
        Rows.instantOrNull(row, "due_at"),
        zone(row),
        Rows.instant(row, "remind_at"),
        Reminder.Status.valueOf(row.getString("status")),
        row.getInt("occurrence"),
        row.getBoolean("snoozed"),
        row.getInt("sequence"),
        new Reminder.Origin(
            StorableText.unescape(row.getString("correlation_id")),
            StorableText.unescape(row.getString("cause_id"))),
        Rows.instant(row, "changed_at"));
  }

  private static @Nullable ZoneId zone(ResultSet row) throws SQLException {
    String name = row.getString("time_zone");
    return name == null ? null : ZoneId.of(name);
  }

  private static @Nullable String name(@Nullable ZoneId zone) {
    return zone == null ? null : zone.getId();
  }
}
