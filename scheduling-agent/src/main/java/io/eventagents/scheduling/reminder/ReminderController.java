package io.eventagents.scheduling.reminder;

import io.eventagents.CorrelationId;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Reminders over HTTP. Events and calendars contain their ids. */
@RestController
@RequestMapping("/reminders/{id}")
public final class ReminderController {

  private final Snoozes snoozes;

  public ReminderController(Snoozes snoozes) {
    this.snoozes = snoozes;
  }

  @GetMapping
  ReminderView show(@PathVariable UUID id) {
    return answer(() -> snoozes.find(id));
  }

  @PostMapping(path = "/snooze", consumes = MediaType.APPLICATION_JSON_VALUE)
  ReminderView snooze(
      @PathVariable UUID id,
      @RequestBody(required = false) byte @Nullable [] body,
      CorrelationId correlation) {
    return answer(() -> snoozes.snooze(id, SnoozeRequest.until(body, snoozes.now()), correlation));
  }

  private static ReminderView answer(Supplier<Reminder> reminder) {
    try {
      return ReminderView.of(reminder.get());
    } catch (SnoozeRejection rejection) {
      HttpStatus status =
          switch (rejection) {
            case SnoozeRejection.UnknownReminder ignored -> HttpStatus.NOT_FOUND;
            case SnoozeRejection.EndedReminder ignored -> HttpStatus.CONFLICT;
          };
      throw new ResponseStatusException(status, rejection.getMessage(), rejection);
    }
  }
}
