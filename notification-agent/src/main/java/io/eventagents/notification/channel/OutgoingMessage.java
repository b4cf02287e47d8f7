package io.eventagents.notification.channel;

import io.eventagents.Event;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.template.RenderedMessage;

/**
 * A message to send.
 *
 * @param cause the event that it is about
 * @param recipient who gets it
 * @param address the recipient's address, from {@link Channel#addressOf}
 * @param content what it says
 * @param idempotencyKey the same for every repeat of the message
 */
public record OutgoingMessage(
    Event<?> cause,
    Recipient recipient,
    String address,
    RenderedMessage content,
    String idempotencyKey) {}
