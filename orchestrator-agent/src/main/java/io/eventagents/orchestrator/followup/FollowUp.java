package io.eventagents.orchestrator.followup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that should follow another, and what became of it.
 *
 * @param causeId the id of the event that it should follow
 * @param causeType the type of that event
 * @param eventType the type of what should follow
 * @param correlationId the chain of both events
 * @param taskId the task concerned; null if the event names none, or one whose id is too long
 * @param ordinal its place among the follow-ups of the same cause, from 0
 * @param deadline when it is due
 * @param missedAt when it was reported as missed
 * @param followedAt when it followed
 * @param followedBy the id of the event that followed
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

  /** Its state as clients see it. */
  public String state() {
    if (followedAt == null) {
      return missedAt == null ? "awaited" : "missed";
    }
    return missedAt == null ? "followed" : "recovered";
  }
}
