package io.eventagents.notification.channel;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.directory.WebPushSubscription;
import io.eventagents.notification.template.RenderedMessage;
import io.eventagents.notification.trigger.TaskCreated;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Messages as channels get them. */
public final class Messages {

  public static final String KEY = "0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11";
  public static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");
  public static final Event<TaskCreated> CAUSE =
      new Event<>(
          "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d",
          "task.created",
          NOW,
          new TaskCreated("task-123", "Review", "user-456", 2, null),
          new EventMetadata("req-abc-123", "api-call-789", "task-api"));

  private Messages() {}

  /** A recipient who has every address. */
  public static OutgoingMessage to(String address) {
    return to(address, "New task: Review");
  }

  public static OutgoingMessage to(String address, String text) {
    return to(recipient(List.of(), List.of()), address, text);
  }

  public static OutgoingMessage to(Recipient recipient, String address, String text) {
    return new OutgoingMessage(
        CAUSE, recipient, address, new RenderedMessage("New task", text, null, null), KEY);
  }

  public static Recipient recipient(List<String> pushTokens, List<WebPushSubscription> webPush) {
    return new Recipient(
        "user-456",
        "user-456@company.com",
        "+4930123456",
        "U012ABCDEF",
        pushTokens,
        webPush,
        Locale.ENGLISH);
  }
}
