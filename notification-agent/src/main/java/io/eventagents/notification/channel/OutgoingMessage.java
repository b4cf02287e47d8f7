package io.eventagents.notification.channel;

import io.eventagents.Event;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.template.RenderedMessage;

/**
 * A message on its way.
 *
 * @param cause the event that it tells of
 * @param recipient who is told
 * @param address where, as {@link Channel#addressOf} answered
 * @param content what it says
 * @param idempotencyKey the same whenever the message is repeated
 */
public record OutgoingMessage(
    Event<?> cause,
    Recipient recipient,
    String address,
    RenderedMessage content,
    String idempotencyKey) {}
