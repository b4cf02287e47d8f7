package io.eventagents.orchestrator.followup;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was missed has followed after all; that event is the cause of this one.
 *
 * @param causeId the id of the event that it should have followed in time
 * @param causeType the type of that event
 * @param expectedType the type of the event that followed
 * @param taskId the task concerned, if there is one
 * @param deadline when it was due
 * @param missedAt when it was reported as missed
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
