package io.eventagents.scheduling.calendar;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.StandardTime;
import biweekly.component.VAlarm;
import biweekly.component.VEvent;
import biweekly.component.VTimezone;
import biweekly.io.TimezoneAssignment;
import biweekly.io.text.ICalWriter;
import biweekly.parameter.Related;
import biweekly.property.Status;
import biweekly.property.Trigger;
import biweekly.util.DateTimeComponents;
import biweekly.util.Duration;
import biweekly.util.UtcOffset;
import io.eventagents.scheduling.reminder.Reminder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reminders of an owner as an iCalendar (RFC 5545, with the properties of RFC 7986).
 *
 * <p>Reminders are events, not to-dos, because few calendar programs show the to-dos of a
 * subscribed feed. Times are in the task's zone, or UTC. The same reminders give the same bytes.
 */
public final class CalendarFeed {

  private static final String PRODUCT = "-//Event Agents//Reminders//EN";
  private static final int MINUTES = 15;

  /** Later times are in UTC: nobody knows yet what the clocks will do then. */
  private static final java.time.Duration FORESEEABLE = java.time.Duration.ofDays(3_653);

  /** Calendar programs know these by name; an offset such as {@code +02:00} is no name to them. */
  private static final Set<String> NAMED = Set.copyOf(ZoneId.getAvailableZoneIds());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm '('VV')'", Locale.ENGLISH);
  private static final DateTimeFormatter TIME_WITH_OFFSET =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm xxx '('VV')'", Locale.ENGLISH);
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final java.time.Duration refreshInterval;
  private final ZoneId usualZone;

  /**
   * @param usualZone the zone of tasks without one
   */
  public CalendarFeed(java.time.Duration refreshInterval, ZoneId usualZone) {
    this.refreshInterval = refreshInterval;
    this.usualZone = usualZone;
  }

  /**
   * @param cut whether the owner has other reminders; the calendar then says so
   */
  byte[] of(String ownerId, List<Reminder> reminders, boolean cut) {
    ICalendar calendar = new ICalendar();
    calendar.setProductId(PRODUCT);
    Duration refresh = Duration.fromMillis(refreshInterval.toMillis());
    String name = "Reminders of " + ownerId;
    calendar.setName(name);
    // RFC 7986 gives this property no default type: a feed has to name it.
    calendar.setRefreshInterval(refresh).setParameter("VALUE", "DURATION");
    // The names of these two before RFC 7986; most programs know no others.
    calendar.setExperimentalProperty("X-WR-CALNAME", name);
    calendar.setExperimentalProperty("X-PUBLISHED-TTL", refresh.toString());
    if (cut) {
      String description =
          "The next %,d reminders of %s, or the last. There are others."
              .formatted(reminders.size(), ownerId);
      calendar.setDescription(description);
      calendar.setExperimentalProperty("X-WR-CALDESC", description);
    }
    add(calendar, reminders);
    if (reminders.isEmpty()) {
      calendar.addComponent(utc());
    }
    return write(calendar);
  }

  /** A single reminder, as a calendar server stores it. */
  public byte[] object(Reminder reminder) {
    ICalendar calendar = new ICalendar();
    calendar.setProductId(PRODUCT);
    add(calendar, List.of(reminder));
    return write(calendar);
  }

  private void add(ICalendar calendar, List<Reminder> reminders) {
    Map<ZoneId, TimezoneAssignment> zones = zones(reminders);
    for (Reminder reminder : reminders) {
      VEvent event = event(reminder);
      calendar.addEvent(event);
      if (isLocal(reminder)) {
        calendar.getTimezoneInfo().setTimezone(event.getDateStart(), zones.get(zone(reminder)));
      }
    }
  }

  private Map<ZoneId, TimezoneAssignment> zones(List<Reminder> reminders) {
    Map<ZoneId, NavigableSet<Instant>> times = new HashMap<>();
    reminders.stream()
        .filter(this::isLocal)
        .forEach(it -> times.computeIfAbsent(zone(it), zone -> new TreeSet<>()).add(it.remindAt()));
    Map<ZoneId, TimezoneAssignment> zones = new HashMap<>();
    times.forEach(
        (zone, at) -> zones.put(zone, CalendarZone.of(zone, at.getFirst(), at.getLast())));
    return zones;
  }

  /** Whether its time is told by the clocks of its zone, and not in UTC. */
  private boolean isLocal(Reminder reminder) {
    ZoneId zone = zone(reminder);
    return !isUtc(zone)
        && NAMED.contains(zone.getId())
        && reminder.remindAt().isBefore(reminder.changedAt().plus(FORESEEABLE))
        && !comesTwice(reminder.remindAt(), zone);
  }

  /**
   * When clocks are set back, an hour comes twice. A local time in it can name one of them only.
   */
  private static boolean comesTwice(Instant time, ZoneId zone) {
    return zone.getRules().getValidOffsets(time.atZone(zone).toLocalDateTime()).size() > 1;
  }

  private ZoneId zone(Reminder reminder) {
    return reminder.zone() == null ? usualZone : reminder.zone();
  }

  private static boolean isUtc(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC);
  }

  private VEvent event(Reminder reminder) {
    VEvent event = new VEvent();
    event.setUid(reminder.id().toString());
    event.setDateTimeStamp(Date.from(reminder.changedAt()));
    event.setLastModified(Date.from(reminder.changedAt()));
    event.setSequence(reminder.sequence());
    event.setDateStart(Date.from(reminder.remindAt()));
    // An event without a length is hard to see in a day's view. It does not make anybody busy.
    event.setDuration(Duration.builder().minutes(MINUTES).build());
    event.setTransparency(true);
    event.setSummary(reminder.title());
    event.setDescription(description(reminder));
    if (reminder.status() == Reminder.Status.CANCELLED) {
      event.setStatus(Status.cancelled());
    } else {
      event.setStatus(Status.confirmed());
      event.addAlarm(alarm(reminder));
    }
    return event;
  }

  /** At the beginning of the event, which is the time of the reminder. */
  private static VAlarm alarm(Reminder reminder) {
    return VAlarm.display(
        new Trigger(Duration.builder().seconds(0).build(), Related.START),
        reminder.title().isEmpty() ? "Task " + reminder.taskId() : reminder.title());
  }

  /** A calendar needs at least one component (RFC 5545, section 3.6); this one shows nothing. */
  private static VTimezone utc() {
    StandardTime standard = new StandardTime();
    standard.setDateStart(new DateTimeComponents(1970, 1, 1, 0, 0, 0, false));
    standard.setTimezoneOffsetFrom(new UtcOffset(0));
    standard.setTimezoneOffsetTo(new UtcOffset(0));
    VTimezone utc = new VTimezone("Etc/UTC");
    utc.addStandardTime(standard);
    return utc;
  }

  private String description(Reminder reminder) {
    Instant due = reminder.dueAt();
    return "Task " + reminder.taskId() + (due == null ? "" : "\nDue " + text(due, zone(reminder)));
  }

  private static String text(Instant time, ZoneId zone) {
    if (isUtc(zone)) {
      return UTC_TIME.format(time);
    }
    return (comesTwice(time, zone) ? TIME_WITH_OFFSET : TIME).format(time.atZone(zone));
  }

  private static byte[] write(ICalendar calendar) {
    StringWriter lines = new StringWriter();
    try (ICalWriter writer = new ICalWriter(lines, ICalVersion.V2_0)) {
      writer.getVObjectWriter().getFoldedLineWriter().setLineLength(null);
      writer.write(calendar);
    } catch (IOException e) {
      throw new UncheckedIOException("A calendar in memory cannot fail", e);
    }
    return FoldedLines.of(lines.toString());
  }
}
