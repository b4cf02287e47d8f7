package io.eventagents.notification.channel;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;

/**
 * Somebody can never be told.
 *
 * @param channel such as {@code email} or {@code slack}
 * @param recipient the address, or the owner's id where there is none
 * @param reason why, for a person
 */
@EventType("notification.failed")
public record NotificationFailed(
    @EntityKey String taskId, String channel, @Personal String recipient, String reason)
    implements NotificationEvent {}
