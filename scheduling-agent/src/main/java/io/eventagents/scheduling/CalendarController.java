package io.eventagents.scheduling;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The feed that calendar programs subscribe to. */
@RestController
final class CalendarController {

  private static final MediaType CALENDAR =
      new MediaType("text", "calendar", StandardCharsets.UTF_8);

  private final Reminders reminders;
  private final CalendarFeed feed;
  private final Duration history;
  private final Clock clock;

  CalendarController(Reminders reminders, CalendarFeed feed, Duration history, Clock clock) {
    this.reminders = reminders;
    this.feed = feed;
    this.history = history;
    this.clock = clock;
  }

  /** An owner of whom nothing is known has an empty calendar: the first task may come later. */
  @GetMapping("/calendars/{ownerId}.ics")
  ResponseEntity<byte[]> calendar(@PathVariable String ownerId) {
    if (!Legible.isId(ownerId)) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "owner_id must have 1 to 255 characters, none of them a control character");
    }
    List<Reminder> shown = reminders.ofOwner(ownerId, clock.instant().minus(history));
    byte[] calendar = feed.of(ownerId, shown);
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
}
