package io.eventagents.notification.deferral;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.NotificationEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publishes the outcome of a deferred message in the name of the channel's agent, so that the event
 * has the same source and id as if the message had been sent at once.
 */
final class ChannelEvents implements EventPublisher<NotificationEvent> {

  private final EventPublishers publishers;
  private final Map<String, EventPublisher<NotificationEvent>> byChannel =
      new ConcurrentHashMap<>();

  ChannelEvents(EventPublishers publishers) {
    this.publishers = publishers;
  }

  @Override
  public <P extends NotificationEvent> Event<P> publish(P payload, Cause cause) {
    // The topic exists, as the channel's agent emits the same events.
    return byChannel
        .computeIfAbsent(
            payload.channel(),
            channel -> publishers.create(ChannelAgent.nameOf(channel), NotificationEvent.class))
        .publish(payload, cause);
  }
}
