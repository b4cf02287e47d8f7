/**
 * What became of a message after it was sent: delivery status notifications from a mailbox, and the
 * webhooks of Amazon SES, SendGrid, Postmark and Twilio. Each leads to the {@code
 * notification.sent} concerned, and publishes what it says as caused by it.
 */
@NullMarked
package io.eventagents.notification.receipt;

import org.jspecify.annotations.NullMarked;
