package io.eventagents.scheduling.caldav;

import io.eventagents.scheduling.reminder.Reminder;
import io.eventagents.scheduling.reminder.Reminders;
import io.eventagents.scheduling.reminder.ShownReminders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be on calendar servers. Wishes are written with the change of the reminder, in its
 * transaction; the servers are asked later, so that none of them holds anything up.
 */
public final class CalendarObjects implements ShownReminders {

  private final JdbcClient database;
  private final CalDavCalendars calendars;
  private final Clock clock;

  public CalendarObjects(JdbcClient database, CalDavCalendars calendars, Clock clock) {
    this.database = database;
    this.calendars = calendars;
    this.clock = clock;
  }

  /** The reminder is to be in its owner's calendar as it is now, and in nobody else's. */
  @Override
  public void show(Reminder reminder) {
    if (calendars.isEmpty()) {
      return;
    }
    boolean isShown = reminder.status() != Reminder.Status.CANCELLED;
    database
        .sql(
            """
            update scheduling.calendar_objects
            set wanted = 'ABSENT', wish = wish + 1, settled = false,
                try_at = case when settled then ? else try_at end
            where reminder_id = ? and (? or owner_id <> ?)
            """)
        .params(now(), reminder.id(), !isShown, reminder.ownerId())
        .update();
    if (isShown) {
      calendars.of(reminder.ownerId()).ifPresent(calendar -> want(reminder, calendar.owner()));
    }
  }

  private void want(Reminder reminder, String calendar) {
    database
        .sql(
            """
            insert into scheduling.calendar_objects as o (reminder_id, owner_id, calendar, wanted, try_at)
            values (?, ?, ?, 'PRESENT', ?)
            on conflict (reminder_id, owner_id) do update
            set wanted = 'PRESENT', calendar = excluded.calendar, wish = o.wish + 1, settled = false,
                try_at = case when o.settled then excluded.try_at else o.try_at end
            """)
        .params(reminder.id(), reminder.ownerId(), calendar, now())
        .update();
  }

  /** These reminders are no more. */
  @Override
  public void forget(Collection<UUID> reminders) {
    database
        .sql(
            """
            update scheduling.calendar_objects
            set wanted = 'ABSENT', wish = wish + 1, settled = false, try_at = ?
            where reminder_id = any (?::uuid[]) and wanted = 'PRESENT'
            """)
        .params(now(), Reminders.array(reminders))
        .update();
  }

  /**
   * Wants every reminder that is to come and that a calendar was set for since. To be called before
   * the first {@link #take}.
   */
  void adopt(CalDavCalendars.Calendar calendar) {
    boolean isForAll = calendar.isForAll();
    database
        .sql(
            """
            insert into scheduling.calendar_objects (reminder_id, owner_id, calendar, wanted, try_at)
            select reminder_id, owner_id, ?, 'PRESENT', ? from scheduling.reminders
            where status = 'SCHEDULED' and (? or owner_id = ?) and not owner_id = any (?::text[])
            on conflict (reminder_id, owner_id) do nothing
            """)
        .params(
            calendar.owner(),
            now(),
            isForAll,
            calendar.owner(),
            isForAll ? calendars.named() : new String[0])
        .update();
  }

  /** Some that are to be pushed now; nobody else takes them until the lease is over. */
  List<CalendarObject> take(String calendar, int most, Duration lease) {
    return database
        .sql(
            """
            update scheduling.calendar_objects o set try_at = ?
            from (select reminder_id, owner_id from scheduling.calendar_objects
                  where calendar = ? and not settled and try_at <= ?
                  order by try_at limit ? for update skip locked) due
            where o.reminder_id = due.reminder_id and o.owner_id = due.owner_id
            returning o.reminder_id, o.owner_id, o.wanted, o.wish, o.etag, o.failures
            """)
        .params(timestamp(clock.instant().plus(lease)), calendar, now(), most)
        .query(CalendarObjects::object)
        .list();
  }

  /** It is on the server as it was wished; a later wish is still to be done. */
  void stored(CalendarObject object, @Nullable String etag) {
    database
        .sql(
            """
            update scheduling.calendar_objects
            set settled = (wish = ?), etag = ?, failures = 0, try_at = ?
            where reminder_id = ? and owner_id = ?
            """)
        .params(Arrays.asList(object.wish(), etag, now(), object.reminderId(), object.ownerId()))
        .update();
  }

  /** It is not on the server. */
  void removed(CalendarObject object) {
    int deleted =
        database
            .sql(
                """
                delete from scheduling.calendar_objects
                where reminder_id = ? and owner_id = ? and wish = ?
                """)
            .params(object.reminderId(), object.ownerId(), object.wish())
            .update();
    if (deleted == 0) {
      stored(object, null);
    }
  }

  /** It failed once more, and is to be tried again then. */
  void postpone(CalendarObject object, Instant to) {
    tryAt(object, to, object.failures() + 1);
  }

  /** It was not tried, and is to be then. */
  void leave(CalendarObject object, Instant to) {
    tryAt(object, to, object.failures());
  }

  private void tryAt(CalendarObject object, Instant to, int failures) {
    database
        .sql(
            """
            update scheduling.calendar_objects set try_at = ?, failures = ?
            where reminder_id = ? and owner_id = ?
            """)
        .params(timestamp(to), failures, object.reminderId(), object.ownerId())
        .update();
  }

  private static CalendarObject object(ResultSet row, int number) throws SQLException {
    return new CalendarObject(
        row.getObject("reminder_id", UUID.class),
        row.getString("owner_id"),
        row.getString("wanted").equals("PRESENT"),
        row.getLong("wish"),
        row.getString("etag"),
        row.getInt("failures"));
  }

  private OffsetDateTime now() {
    return timestamp(clock.instant());
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
