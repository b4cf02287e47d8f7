package io.eventagents.orchestrator.followup;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was missed has followed after all; the event that did is its cause.
 *
 * @param causeId the event that it should have followed in time
 * @param causeType its type
 * @param expectedType the type of what followed
 * @param taskId the task concerned, where there is one
 * @param deadline by when it should have followed
 * @param missedAt when it was told to be missed
 * @param followedAt when it followed
 */
@EventType("followup.recovered")
record FollowUpRecovered(
    @EntityKey String causeId,
    String causeType,
    String expectedType,
    @Nullable String taskId,
    Instant deadline,
    Instant missedAt,
    Instant followedAt) {

  static FollowUpRecovered of(FollowUp missed, Instant missedAt, Instant followedAt) {
    return new FollowUpRecovered(
        missed.causeId(),
        missed.causeType(),
        missed.eventType(),
        missed.taskId(),
        missed.deadline(),
        missedAt,
        followedAt);
  }
}
