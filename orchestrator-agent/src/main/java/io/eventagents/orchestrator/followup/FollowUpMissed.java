package io.eventagents.orchestrator.followup;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What should have followed an event did not do so in time.
 *
 * @param causeId the event that it should have followed
 * @param causeType its type
 * @param expectedType the type of what should have followed
 * @param taskId the task concerned, where there is one
 * @param deadline by when it should have followed
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
