/**
 * The outcomes of messages after they were sent, from delivery status notifications in a mailbox
 * and the webhooks of Amazon SES, SendGrid, Postmark and Twilio. Each receipt leads to its {@code
 * notification.sent}, which becomes the cause of the event that it publishes.
 */
@NullMarked
package io.eventagents.notification.receipt;

import org.jspecify.annotations.NullMarked;
