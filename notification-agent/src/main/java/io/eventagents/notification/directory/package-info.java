/** Who is told: an owner's id becomes a recipient with addresses. */
@NullMarked
package io.eventagents.notification.directory;

import org.jspecify.annotations.NullMarked;
