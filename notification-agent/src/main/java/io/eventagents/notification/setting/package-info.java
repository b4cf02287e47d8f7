/** Settings that contradict each other end the start with a sentence that says what to do. */
@NullMarked
package io.eventagents.notification.setting;

import org.jspecify.annotations.NullMarked;
