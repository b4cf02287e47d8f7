package io.eventagents.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the agents: what each of them waits for. An agent that waits is {@code OUT_OF_SERVICE}
 * and nothing worse: it goes on by itself, and a restart would not help. So is one with a partition
 * that waits at a record that cannot be read.
 */
public final class AgentsHealthIndicator implements HealthIndicator {

  private final AgentStatuses statuses;

  /**
   * @param statuses the agents
   */
  public AgentsHealthIndicator(AgentStatuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public Health health() {
    Status worst = Status.UP;
    Map<String, Object> details = new LinkedHashMap<>();
    for (AgentStatus agent : statuses) {
      switch (agent.state()) {
        case AgentState.Running running -> {
          details.put(agent.agent().name(), running(agent));
          if (!agent.unreadable().isEmpty()) {
            worst = Status.OUT_OF_SERVICE;
          }
        }
        case AgentState.Connecting connecting -> {
          details.put(agent.agent().name(), "connecting to the broker");
          worst = Status.OUT_OF_SERVICE;
        }
        case AgentState.Waiting waiting -> {
          details.put(
              agent.agent().name(),
              Map.of("waits_for", waiting.dependency(), "since", waiting.since()));
          worst = Status.OUT_OF_SERVICE;
        }
      }
    }
    return Health.status(worst).withDetails(details).build();
  }

  private static Object running(AgentStatus agent) {
    Map<String, Object> unreadable = new LinkedHashMap<>();
    agent.unreadable().forEach(record -> unreadable.put(record.position(), record.reason()));
    return unreadable.isEmpty() ? "running" : Map.of("cannot_read", unreadable);
  }
}
