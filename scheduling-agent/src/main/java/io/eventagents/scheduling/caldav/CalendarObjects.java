package io.eventagents.scheduling.caldav;

import io.eventagents.Rows;
import io.eventagents.scheduling.reminder.Reminder;
import io.eventagents.scheduling.reminder.ShownReminders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The objects that calendar servers should have. A wish is stored in the transaction that changes
 * the reminder; the servers are called later, so that they delay nothing.
 */
public final class CalendarObjects implements ShownReminders {

  private static final RowMapper<CalendarObject> OBJECT =
      new SimplePropertyRowMapper<>(CalendarObject.class);

  private final JdbcClient database;
  private final CalDavCalendars calendars;
  private final Clock clock;

  public CalendarObjects(JdbcClient database, CalDavCalendars calendars, Clock clock) {
    this.database = database;
    this.calendars = calendars;
    this.clock = clock;
  }

  /** Wants the reminder in its owner's calendar as it is now, and in no other. */
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
                try_at = case when settled then :now else try_at end
            where reminder_id = :reminder_id and (:nowhere or owner_id <> :owner_id)
            """)
        .param("now", now())
        .param("reminder_id", reminder.id())
        .param("nowhere", !isShown)
        .param("owner_id", reminder.ownerId())
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
            values (:reminder_id, :owner_id, :calendar, 'PRESENT', :now)
            on conflict (reminder_id, owner_id) do update
            set wanted = 'PRESENT', calendar = excluded.calendar, wish = o.wish + 1, settled = false,
                try_at = case when o.settled then excluded.try_at else o.try_at end
            """)
        .param("reminder_id", reminder.id())
        .param("owner_id", reminder.ownerId())
        .param("calendar", calendar)
        .param("now", now())
        .update();
  }

  /** Wants these reminders in no calendar. */
  @Override
  public void forget(Collection<UUID> reminders) {
    database
        .sql(
            """
            update scheduling.calendar_objects
            set wanted = 'ABSENT', wish = wish + 1, settled = false, try_at = :now
            where reminder_id = any (:ids::uuid[]) and wanted = 'PRESENT'
            """)
        .param("now", now())
        .param("ids", Rows.array(reminders))
        .update();
  }

  /**
   * Wants every coming reminder that was set before its calendar was configured. Call it before the
   * first {@link #take}.
   */
  void adopt(CalDavCalendars.Calendar calendar) {
    boolean isForAll = calendar.isForAll();
    database
        .sql(
            """
            insert into scheduling.calendar_objects (reminder_id, owner_id, calendar, wanted, try_at)
            select reminder_id, owner_id, :calendar, 'PRESENT', :now from scheduling.reminders
            where status = 'SCHEDULED' and (:for_all or owner_id = :calendar)
              and not owner_id = any (:others::text[])
            on conflict (reminder_id, owner_id) do nothing
            """)
        .param("calendar", calendar.owner())
        .param("now", now())
        .param("for_all", isForAll)
        .param("others", isForAll ? calendars.named() : new String[0])
        .update();
  }

  /** Some objects to push now. No other instance takes them until the lease is over. */
  List<CalendarObject> take(String calendar, int most, Duration lease) {
    return database
        .sql(
            """
            update scheduling.calendar_objects o set try_at = :leased_until
            from (select reminder_id, owner_id from scheduling.calendar_objects
                  where calendar = :calendar and not settled and try_at <= :now
                  order by try_at limit :limit for update skip locked) due
            where o.reminder_id = due.reminder_id and o.owner_id = due.owner_id
            returning o.reminder_id, o.owner_id, o.wanted = 'PRESENT' as is_wanted, o.wish, o.etag,
              o.failures
            """)
        .param("leased_until", Rows.utc(clock.instant().plus(lease)))
        .param("calendar", calendar)
        .param("now", now())
        .param("limit", most)
        .query(OBJECT)
        .list();
  }

  /** The server has it as wished. A later wish remains. */
  void stored(CalendarObject object, @Nullable String etag) {
    database
        .sql(
            """
            update scheduling.calendar_objects
            set settled = (wish = :wish), etag = :etag, failures = 0, try_at = :now
            where reminder_id = :reminder_id and owner_id = :owner_id
            """)
        .param("wish", object.wish())
        .param("etag", etag)
        .param("now", now())
        .param("reminder_id", object.reminderId())
        .param("owner_id", object.ownerId())
        .update();
  }

  /** The server does not have it. */
  void removed(CalendarObject object) {
    int deleted =
        database
            .sql(
                """
                delete from scheduling.calendar_objects
                where reminder_id = :reminder_id and owner_id = :owner_id and wish = :wish
                """)
            .param("reminder_id", object.reminderId())
            .param("owner_id", object.ownerId())
            .param("wish", object.wish())
            .update();
    if (deleted == 0) {
      stored(object, null);
    }
  }

  /** It failed once more. Tries it again then. */
  void postpone(CalendarObject object, Instant to) {
    tryAt(object, to, object.failures() + 1);
  }

  /** It was not tried. Tries it then. */
  void leave(CalendarObject object, Instant to) {
    tryAt(object, to, object.failures());
  }

  private void tryAt(CalendarObject object, Instant to, int failures) {
    database
        .sql(
            """
            update scheduling.calendar_objects set try_at = :to, failures = :failures
            where reminder_id = :reminder_id and owner_id = :owner_id
            """)
        .param("to", Rows.utc(to))
        .param("failures", failures)
        .param("reminder_id", object.reminderId())
        .param("owner_id", object.ownerId())
        .update();
  }

  private OffsetDateTime now() {
    return Rows.utc(clock.instant());
  }
}
