package io.eventagents.scheduling.reminder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an event says of a task as it is then. */
interface TaskDescribed {

  String title();

  String ownerId();

  /** Null where its producer knows none. */
  @Nullable Integer priority();

  /** Null where it is due at no time. */
  @Nullable Instant dueAt();

  /** A rule of RFC 5545 by which it is due again; null where it is due once. */
  @Nullable String recurrence();

  /** Whose clocks the rule and working hours are read by, such as {@code Europe/Berlin}. */
  @Nullable String timeZone();
}
