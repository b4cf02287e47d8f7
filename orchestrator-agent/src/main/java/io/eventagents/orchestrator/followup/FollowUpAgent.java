package io.eventagents.orchestrator.followup;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the events that should follow others, and the events of other agents that they follow. */
@Agent(name = FollowUpAgent.NAME, effects = Effects.DATABASE, eventTypes = FollowUpTypes.class)
public final class FollowUpAgent implements Function<Event<JsonNode>, Optional<FollowUpRecovered>> {

  public static final String NAME = "orchestrator-follow-ups";

  private final FollowUps followUps;

  public FollowUpAgent(FollowUps followUps) {
    this.followUps = followUps;
  }

  @Override
  public Optional<FollowUpRecovered> apply(Event<JsonNode> event) {
    followUps.awaitAfterRead(event);
    return followUps.followedBy(event);
  }
}
