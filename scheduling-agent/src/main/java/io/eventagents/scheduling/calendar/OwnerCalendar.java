package io.eventagents.scheduling.calendar;

import io.eventagents.scheduling.reminder.OwnerReminders;
import io.eventagents.scheduling.reminder.Reminder;
import io.eventagents.scheduling.reminder.Reminders;
import io.eventagents.scheduling.reminder.TaskFields;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.server.ResponseStatusException;

/** Answers calendar programs with an owner's calendar. */
public final class OwnerCalendar {

  private static final MediaType CALENDAR =
      new MediaType("text", "calendar", StandardCharsets.UTF_8);

  /** Calendar programs get slow with more, and an owner has that many only by mistake. */
  static final int MOST = 2_000;

  /** Making a calendar takes some megabytes. */
  private static final int AT_ONCE = 4;

  private final Semaphore making = new Semaphore(AT_ONCE, true);
  private final Reminders reminders;
  private final CalendarFeed feed;
  private final Duration history;
  private final Clock clock;

  public OwnerCalendar(Reminders reminders, CalendarFeed feed, Duration history, Clock clock) {
    this.reminders = reminders;
    this.feed = feed;
    this.history = history;
    this.clock = clock;
  }

  /** The calendar of an unknown owner is empty: the first task may come later. */
  ResponseEntity<byte[]> of(String ownerId) {
    making.acquireUninterruptibly();
    try {
      Instant now = clock.instant();
      return answer(ownerId, reminders.ofOwner(ownerId, now.minus(history), now, MOST));
    } finally {
      making.release();
    }
  }

  private ResponseEntity<byte[]> answer(String ownerId, OwnerReminders found) {
    List<Reminder> shown = found.shown();
    byte[] calendar = feed.of(ownerId, shown, found.cut());
    ResponseEntity.BodyBuilder response =
        ResponseEntity.ok()
            .contentType(CALENDAR)
            .cacheControl(CacheControl.noCache().cachePrivate())
            .eTag(DigestUtils.md5DigestAsHex(calendar));
    shown.stream()
        .map(Reminder::changedAt)
        .max(Instant::compareTo)
        .ifPresent(response::lastModified);
    return response.body(calendar);
  }

  /**
   * Checks that the text could be an owner's id, and returns it.
   *
   * @throws ResponseStatusException if it could not
   */
  static String checked(String ownerId) {
    if (!TaskFields.isId(ownerId)) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "owner_id must have 1 to 255 characters, none of them a control character");
    }
    return ownerId;
  }
}
