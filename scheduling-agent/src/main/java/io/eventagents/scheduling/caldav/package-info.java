/**
 * Pushes reminders to calendar servers (RFC 4791). Objects are stored, replaced and removed only in
 * the state that they were left in.
 */
@NullMarked
package io.eventagents.scheduling.caldav;

import org.jspecify.annotations.NullMarked;
