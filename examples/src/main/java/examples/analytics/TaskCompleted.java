package examples.analytics;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a completed task that are measured. The task was completed when the event occurred.
 *
 * @param createdAt null if the publisher does not name it
 */
@EventType("task.completed")
public record TaskCompleted(String ownerId, int priority, @Nullable Instant createdAt) {}
