package io.eventagents.scheduling.reminder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that describes a task. */
interface TaskDescribed {

  String title();

  String ownerId();

  /** Null if its producer has no priorities. */
  @Nullable Integer priority();

  /** Null if it has no due time. */
  @Nullable Instant dueAt();

  /** A rule of RFC 5545 by which it is due again; null if it is due once. */
  @Nullable String recurrence();

  /** The time zone of the rule and of working hours, such as {@code Europe/Berlin}. */
  @Nullable String timeZone();
}
