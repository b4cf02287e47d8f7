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
 * Publishes in the name of the channel's agent what became of a message that waited, so that it has
 * the source and the id that it would have had at once.
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
    // The topic is there: the channel's agent emits the same.
    return byChannel
        .computeIfAbsent(
            payload.channel(),
            channel -> publishers.create(ChannelAgent.nameOf(channel), NotificationEvent.class))
        .publish(payload, cause);
  }
}
