/** Turns an owner's id into a recipient with addresses. */
@NullMarked
package io.eventagents.notification.directory;

import org.jspecify.annotations.NullMarked;
