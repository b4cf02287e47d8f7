package io.eventagents.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.eventagents.orchestrator.followup.FollowUp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A follow-up as clients see it. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(Include.NON_NULL)
record FollowUpView(
    String eventType,
    String state,
    String after,
    String causationId,
    Instant deadline,
    @Nullable Instant missedAt,
    @Nullable Instant followedAt,
    @Nullable String eventId) {

  static FollowUpView of(FollowUp followUp) {
    return new FollowUpView(
        followUp.eventType(),
        followUp.state(),
        followUp.causeType(),
        followUp.causeId(),
        followUp.deadline(),
        followUp.missedAt(),
        followUp.followedAt(),
        followUp.followedBy());
  }
}
