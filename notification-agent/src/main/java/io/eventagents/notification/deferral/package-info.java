/** Deferred messages, which wait for the end of quiet hours or for a digest. */
@NullMarked
package io.eventagents.notification.deferral;

import org.jspecify.annotations.NullMarked;
