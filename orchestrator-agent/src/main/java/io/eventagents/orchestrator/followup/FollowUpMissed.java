package io.eventagents.orchestrator.followup;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event did not follow another in time.
 *
 * @param causeId the id of the event that it should have followed
 * @param causeType the type of that event
 * @param expectedType the type of the event that should have followed
 * @param taskId the task concerned, if there is one
 * @param deadline when it was due
 */
@EventType("followup.missed")
public record FollowUpMissed(
    @EntityKey String causeId,
    String causeType,
    String expectedType,
    @Nullable String taskId,
    Instant deadline) {

  static FollowUpMissed of(FollowUp followUp) {
    return new FollowUpMissed(
        followUp.causeId(),
        followUp.causeType(),
        followUp.eventType(),
        followUp.taskId(),
        followUp.deadline());
  }
}
