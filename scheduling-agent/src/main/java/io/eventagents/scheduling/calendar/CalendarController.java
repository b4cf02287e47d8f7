package io.eventagents.scheduling.calendar;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calendar of an owner, for clients that may read everything: any on this machine, or users and
 * holders of tokens if the settings have any. Programs without a login subscribe to a secret feed.
 */
@RestController
public final class CalendarController {

  private final OwnerCalendar calendar;

  public CalendarController(OwnerCalendar calendar) {
    this.calendar = calendar;
  }

  @GetMapping("/calendars/{ownerId}.ics")
  ResponseEntity<byte[]> calendar(@PathVariable String ownerId) {
    return calendar.of(OwnerCalendar.checked(ownerId));
  }
}
