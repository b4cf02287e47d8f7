/** Signed webhooks, following the Standard Webhooks specification. */
@NullMarked
package io.eventagents.notification.webhook;

import org.jspecify.annotations.NullMarked;
