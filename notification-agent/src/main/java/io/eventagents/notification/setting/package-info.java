/**
 * Settings of channels. If they contradict each other, the start fails with a sentence that says
 * what to do.
 */
@NullMarked
package io.eventagents.notification.setting;

import org.jspecify.annotations.NullMarked;
