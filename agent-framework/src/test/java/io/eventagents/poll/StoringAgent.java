package io.eventagents.poll;

import io.eventagents.Effects;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.observation.AgentStatus;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.PayloadTypes;
import java.time.Duration;

/** An agent that stores the records of all event topics. */
final class StoringAgent {

  private StoringAgent() {}

  /** Its status before it runs. */
  static AgentStatus status() {
    return new AgentStatus(
        new AgentDefinition(
            "storing",
            "storing",
            Effects.NONE,
            new Intake.Records(".*-events"),
            PayloadTypes.none()),
        new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0),
        1);
  }
}
