package io.eventagents.notification;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventIds;
import java.util.function.Function;

/**
 * Posts to a Slack channel.
 *
 * <p>A webhook answers without an id of the post, so the key that it was sent with, which is the id
 * of the {@code notification.sent} that follows, stands for it.
 */
@Agent(effects = Effects.EXTERNAL)
final class NotificationSlack implements Function<Event<SlackTrigger>, NotificationSent> {

  static final String NAME = "notification-slack";

  private final SlackWebhook webhook;
  private final String channel;

  NotificationSlack(SlackWebhook webhook, String channel) {
    this.webhook = webhook;
    this.channel = channel;
  }

  @Override
  public NotificationSent apply(Event<SlackTrigger> event) {
    String key = EventIds.derive(NAME, event.eventId(), "notification.sent", 0);
    webhook.post(channel, SlackText.about(event.data()), key);
    return new NotificationSent(event.data().taskId(), "slack", channel, key);
  }
}
