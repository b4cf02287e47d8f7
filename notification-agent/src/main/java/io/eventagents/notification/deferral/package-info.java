/** Messages that wait: for the end of quiet hours, or to go with others in a digest. */
@NullMarked
package io.eventagents.notification.deferral;

import org.jspecify.annotations.NullMarked;
