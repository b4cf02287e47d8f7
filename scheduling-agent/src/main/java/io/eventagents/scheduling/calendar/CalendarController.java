package io.eventagents.scheduling.calendar;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calendar of an owner, for who may read all: everybody on this machine, or where users or a
 * token issuer are configured, those. Programs that know neither subscribe to a secret feed.
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
