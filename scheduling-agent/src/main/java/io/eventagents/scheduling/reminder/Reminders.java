package io.eventagents.scheduling.reminder;

import io.eventagents.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tasks and their reminders. What changes something is called in a transaction that {@linkplain
 * #lock locks} the task first.
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
      where r.status = 'SCHEDULED' and r.ring_at <= ? %s
      order by r.ring_at limit ?
      for update of t, r skip locked
      """;

  private final JdbcClient database;
  private final ShownReminders shown;

  public Reminders(JdbcClient database, ShownReminders shown) {
    this.database = database;
    this.shown = shown;
  }

  /** The task, nobody else's until the transaction ends; made where nothing was known of it. */
  ScheduledTask lock(String taskId) {
    database
        .sql("insert into scheduling.tasks (task_id) values (?) on conflict do nothing")
        .param(taskId)
        .update();
    return database
        .sql(
            """
            select task_id, owner_id, title, due_at, priority, recurrence, time_zone, occurrence,
                occurrence_at, ended
            from scheduling.tasks where task_id = ? for update
            """)
        .param(taskId)
        .query(Reminders::task)
        .single();
  }

  void describe(String taskId, ScheduledTask.Description task, ScheduledTask.Due due) {
    database
        .sql(
            """
            update scheduling.tasks set owner_id = ?, title = ?, due_at = ?, priority = ?,
                recurrence = ?, time_zone = ?, occurrence = ?, occurrence_at = ?
            where task_id = ?
            """)
        .params(
            Arrays.asList(
                task.ownerId(),
                task.title(),
                timestamp(task.dueAt()),
                task.priority(),
                task.recurrence(),
                name(task.zone()),
                due.occurrence(),
                timestamp(due.at()),
                taskId))
        .update();
  }

  void end(String taskId, Instant now) {
    database
        .sql("update scheduling.tasks set ended = true, ended_at = ? where task_id = ?")
        .params(utc(now), taskId)
        .update();
  }

  void add(Reminder reminder) {
    database
        .sql(
            """
            insert into scheduling.reminders (owner_id, title, due_at, time_zone, remind_at, ring_at,
                status, occurrence, snoozed, sequence, correlation_id, cause_id, changed_at,
                reminder_id, task_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(state(reminder))
        .param(reminder.id())
        .param(reminder.taskId())
        .update();
    shown.show(reminder);
  }

  void replace(Reminder reminder) {
    database
        .sql(
            """
            update scheduling.reminders set owner_id = ?, title = ?, due_at = ?, time_zone = ?,
                remind_at = ?, ring_at = ?, status = ?, occurrence = ?, snoozed = ?, sequence = ?,
                correlation_id = ?, cause_id = ?, changed_at = ?, failures = 0
            where reminder_id = ?
            """)
        .params(state(reminder))
        .param(reminder.id())
        .update();
    shown.show(reminder);
  }

  /** The reminders of a task that are still to come, the next first. */
  public List<Reminder> pending(String taskId) {
    return database
        .sql(
            """
            select %s from scheduling.reminders r where task_id = ? and status = 'SCHEDULED'
            order by remind_at, reminder_id
            """
                .formatted(COLUMNS))
        .param(taskId)
        .query(Reminders::reminder)
        .list();
  }

  /**
   * Reminders whose time has come, the earliest first, and their tasks: nobody else's until the
   * transaction ends. Those that somebody else has are left to them.
   */
  List<DueReminder> lockDue(Instant now, int most) {
    return database
        .sql(DUE.formatted(COLUMNS, ""))
        .params(utc(now), most)
        .query(Reminders::dueReminder)
        .list();
  }

  /** The same of this one alone. */
  List<DueReminder> lockDue(Instant now, UUID id) {
    return database
        .sql(DUE.formatted(COLUMNS, "and r.reminder_id = ?"))
        .params(utc(now), id, 1)
        .query(Reminders::dueReminder)
        .list();
  }

  /** The same, locked by nobody. */
  List<UUID> due(Instant now, int most) {
    return database
        .sql(
            """
            select reminder_id from scheduling.reminders where status = 'SCHEDULED' and ring_at <= ?
            order by ring_at limit ?
            """)
        .params(utc(now), most)
        .query((row, number) -> row.getObject("reminder_id", UUID.class))
        .list();
  }

  /** Nothing that a calendar shows changes. */
  void fire(Collection<UUID> ids) {
    database
        .sql("update scheduling.reminders set status = 'FIRED' where reminder_id = any (?::uuid[])")
        .param(array(ids))
        .update();
  }

  /** How often it could not be fired. */
  int failures(UUID id) {
    return database
        .sql("select failures from scheduling.reminders where reminder_id = ?")
        .param(id)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** It is looked at again then. */
  void postpone(UUID id, Instant to, int failures) {
    // It may have been moved to a later time meanwhile, which stands.
    database
        .sql(
            """
            update scheduling.reminders set ring_at = ?, failures = ?
            where reminder_id = ? and status = 'SCHEDULED' and ring_at < ?
            """)
        .params(utc(to), failures, id, utc(to))
        .update();
  }

  public Optional<Reminder> find(UUID id) {
    return database
        .sql("select %s from scheduling.reminders r where reminder_id = ?".formatted(COLUMNS))
        .param(id)
        .query(Reminders::reminder)
        .optional();
  }

  /**
   * The reminders of an owner in order of their times: the next, and as many of the last before as
   * there is room for.
   *
   * @param since the earliest time
   * @param most how many
   */
  public OwnerReminders ofOwner(String ownerId, Instant since, Instant now, int most) {
    List<Reminder> next =
        database
            .sql(
                """
                select %s from scheduling.reminders r where owner_id = ? and remind_at >= ?
                order by remind_at, reminder_id limit ?
                """
                    .formatted(COLUMNS))
            .params(ownerId, utc(now), most + 1)
            .query(Reminders::reminder)
            .list();
    int left = Math.max(0, most - next.size());
    List<Reminder> before =
        database
            .sql(
                """
                select %s from scheduling.reminders r
                where owner_id = ? and remind_at >= ? and remind_at < ?
                order by remind_at desc, reminder_id desc limit ?
                """
                    .formatted(COLUMNS))
            .params(ownerId, utc(since), utc(now), left + 1)
            .query(Reminders::reminder)
            .list();
    List<Reminder> shown = new ArrayList<>(before.stream().limit(left).toList());
    Collections.reverse(shown);
    next.stream().limit(most).forEach(shown::add);
    return new OwnerReminders(shown, shown.size() < next.size() + before.size());
  }

  private static List<@Nullable Object> state(Reminder reminder) {
    return Arrays.asList(
        reminder.ownerId(),
        reminder.title(),
        timestamp(reminder.dueAt()),
        name(reminder.zone()),
        timestamp(reminder.remindAt()),
        timestamp(reminder.remindAt()),
        reminder.status().name(),
        reminder.occurrence(),
        reminder.snoozed(),
        reminder.sequence(),
        // Checked is all else: see TaskFields.
        StorableText.escape(reminder.origin().correlationId()),
        StorableText.escape(reminder.origin().eventId()),
        timestamp(reminder.changedAt()));
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
                instant(row, "due_at"),
                row.getInt("priority"),
                row.getString("recurrence"),
                zone(row)),
        new ScheduledTask.Due(row.getInt("occurrence"), instant(row, "occurrence_at")),
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
        instant(row, "due_at"),
        zone(row),
        row.getObject("remind_at", OffsetDateTime.class).toInstant(),
        Reminder.Status.valueOf(row.getString("status")),
        row.getInt("occurrence"),
        row.getBoolean("snoozed"),
        row.getInt("sequence"),
        new Reminder.Origin(
            StorableText.unescape(row.getString("correlation_id")),
            StorableText.unescape(row.getString("cause_id"))),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  /** As the driver takes it. */
  public static String[] array(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }

  private static @Nullable ZoneId zone(ResultSet row) throws SQLException {
    String name = row.getString("time_zone");
    return name == null ? null : ZoneId.of(name);
  }

  private static @Nullable String name(@Nullable ZoneId zone) {
    return zone == null ? null : zone.getId();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : utc(instant);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
