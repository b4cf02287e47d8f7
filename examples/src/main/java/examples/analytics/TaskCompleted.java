package examples.analytics;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a task that is done.
 *
 * @param createdAt null where who published it does not say; when it was completed is when the
 *     event occurred
 */
@EventType("task.completed")
public record TaskCompleted(String ownerId, int priority, @Nullable Instant createdAt) {}
