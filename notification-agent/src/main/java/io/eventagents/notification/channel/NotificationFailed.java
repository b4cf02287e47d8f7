package io.eventagents.notification.channel;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;

/**
 * A message can never be delivered.
 *
 * @param channel such as {@code email} or {@code slack}
 * @param recipient the address, or the owner's id if there is none
 * @param reason why, in words for people
 */
@EventType("notification.failed")
public record NotificationFailed(
    @EntityKey String taskId, String channel, @Personal String recipient, String reason)
    implements NotificationEvent {}
