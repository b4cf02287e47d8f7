package io.eventagents.scheduling;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.StandardTime;
import biweekly.component.VEvent;
import biweekly.component.VTimezone;
import biweekly.io.text.ICalWriter;
import biweekly.property.Status;
import biweekly.util.DateTimeComponents;
import biweekly.util.Duration;
import biweekly.util.UtcOffset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/**
 * The reminders of an owner as an iCalendar (RFC 5545, with the properties of RFC 7986).
 *
 * <p>Events rather than to-dos, since few calendar programs show to-dos of a subscribed feed. The
 * same reminders give the same bytes.
 */
final class CalendarFeed {

  private static final String PRODUCT = "-//Event Agents//Reminders//EN";
  private static final int MINUTES = 15;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final java.time.Duration refreshInterval;

  CalendarFeed(java.time.Duration refreshInterval) {
    this.refreshInterval = refreshInterval;
  }

  byte[] of(String ownerId, List<Reminder> reminders) {
    ICalendar calendar = new ICalendar();
    calendar.setProductId(PRODUCT);
    Duration refresh = Duration.fromMillis(refreshInterval.toMillis());
    String name = "Reminders of " + ownerId;
    calendar.setName(name);
    calendar.setRefreshInterval(refresh);
    // What the two above were called before RFC 7986; most programs know only these.
    calendar.setExperimentalProperty("X-WR-CALNAME", name);
    calendar.setExperimentalProperty("X-PUBLISHED-TTL", refresh.toString());
    reminders.forEach(reminder -> calendar.addEvent(event(reminder)));
    if (reminders.isEmpty()) {
      calendar.addComponent(utc());
    }
    return write(calendar);
  }

  private static VEvent event(Reminder reminder) {
    VEvent event = new VEvent();
    event.setUid(reminder.id().toString());
    event.setDateTimeStamp(Date.from(reminder.changedAt()));
    event.setLastModified(Date.from(reminder.changedAt()));
    event.setSequence(reminder.sequence());
    event.setDateStart(Date.from(reminder.remindAt()));
    // An event without length is hardly to be seen in a day's view. It makes nobody busy.
    event.setDuration(Duration.builder().minutes(MINUTES).build());
    event.setTransparency(true);
    event.setSummary(reminder.title());
    event.setDescription(description(reminder));
    event.setStatus(
        reminder.status() == Reminder.Status.CANCELLED ? Status.cancelled() : Status.confirmed());
    return event;
  }

  /** A calendar has at least one component (RFC 5545, section 3.6), and this one shows nothing. */
  private static VTimezone utc() {
    StandardTime standard = new StandardTime();
    standard.setDateStart(new DateTimeComponents(1970, 1, 1, 0, 0, 0, false));
    standard.setTimezoneOffsetFrom(new UtcOffset(0));
    standard.setTimezoneOffsetTo(new UtcOffset(0));
    VTimezone utc = new VTimezone("Etc/UTC");
    utc.addStandardTime(standard);
    return utc;
  }

  private static String description(Reminder reminder) {
    Instant due = reminder.dueAt();
    return "Task " + reminder.taskId() + (due == null ? "" : "\nDue " + TIME.format(due));
  }

  private static byte[] write(ICalendar calendar) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ICalWriter writer = new ICalWriter(bytes, ICalVersion.V2_0)) {
      writer.write(calendar);
    } catch (IOException e) {
      throw new UncheckedIOException("A calendar in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
