package io.eventagents.notification;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import java.time.Instant;

final class Events {

  static final String ID = "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d";
  static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");
  static final TaskCreated CREATED =
      new TaskCreated(
          "task-123",
          "Review quarterly report",
          "user-456",
          2,
          Instant.parse("2025-01-20T17:00:00Z"));

  private Events() {}

  static Event<EmailTrigger> mail(EmailTrigger data) {
    return mail(data, "req-abc-123");
  }

  static Event<EmailTrigger> mail(EmailTrigger data, String correlationId) {
    return new Event<>(
        ID,
        "task.created",
        NOW,
        data,
        new EventMetadata(correlationId, "api-call-789", "task-api"));
  }

  static Event<SlackTrigger> post(SlackTrigger data) {
    return new Event<>(
        ID,
        "task.created",
        NOW,
        data,
        new EventMetadata("req-abc-123", "api-call-789", "task-api"));
  }

  static TaskCreated created(String title) {
    return new TaskCreated("task-123", title, "user-456", 2, null);
  }
}
