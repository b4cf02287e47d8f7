/**
 * Reminders: when they come, how they are stored and silenced, and the events that tell of them.
 */
@NullMarked
package io.eventagents.scheduling.reminder;

import org.jspecify.annotations.NullMarked;
