/**
 * Tells people what happened. Each channel is an agent of its own: {@code notification-email} over
 * SMTP and {@code notification-slack} over an incoming webhook.
 *
 * <p>A channel is on if its settings say where to send: {@code spring.mail.host}, {@code
 * notification.slack.webhook-url}.
 */
@NullMarked
package io.eventagents.notification;

import org.jspecify.annotations.NullMarked;
