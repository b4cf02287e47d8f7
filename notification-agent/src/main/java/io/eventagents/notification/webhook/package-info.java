/** Signed webhooks, after the Standard Webhooks specification. */
@NullMarked
package io.eventagents.notification.webhook;

import org.jspecify.annotations.NullMarked;
