package io.eventagents.scheduling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task.
 *
 * @param description null where only its end is known
 */
record Task(String id, @Nullable Description description, boolean ended) {

  /** What a reminder of the task says. */
  record Description(String ownerId, String title, @Nullable Instant dueAt) {}
}
