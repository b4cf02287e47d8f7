package io.eventagents.orchestrator.followup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What should follow an event, and what became of it.
 *
 * @param causeId the event that it should follow
 * @param causeType its type
 * @param eventType the type of what should follow
 * @param correlationId the chain of both
 * @param taskId the task concerned; null where the event names none, or by a name too long to tell
 * @param ordinal which of those of its cause it is, from 0
 * @param deadline by when
 * @param missedAt when it was told that it had not followed by then
 * @param followedAt when it followed
 * @param followedBy what followed
 */
public record FollowUp(
    String causeId,
    String causeType,
    String eventType,
    String correlationId,
    @Nullable String taskId,
    int ordinal,
    Instant deadline,
    @Nullable Instant missedAt,
    @Nullable Instant followedAt,
    @Nullable String followedBy) {

  /** What became of it, as clients see it. */
  public String state() {
    if (followedAt == null) {
      return missedAt == null ? "awaited" : "missed";
    }
    return missedAt == null ? "followed" : "recovered";
  }
}
