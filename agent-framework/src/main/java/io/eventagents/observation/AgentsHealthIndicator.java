package io.eventagents.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the agents: what each of them waits for. An agent that waits, was stopped or ended is
 * {@code OUT_OF_SERVICE} and nothing worse: it goes on by itself or when somebody lets it, and a
 * restart would not help. So is an agent that may not read a topic, or one with a partition that
 * waits at an unreadable record or for an open transaction. An agent whose thread is held up is
 * {@code DOWN}.
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
    boolean held = false;
    boolean waits = false;
    Map<String, Object> details = new LinkedHashMap<>();
    for (AgentStatus agent : statuses) {
      Map<String, Object> troubles = troubles(agent);
      waits |= !troubles.isEmpty();
      held |= agent.state() instanceof AgentState.Silent;
      details.put(agent.agent().name(), troubles.isEmpty() ? "running" : in(troubles));
    }
    Status worst = held ? Status.DOWN : waits ? Status.OUT_OF_SERVICE : Status.UP;
    return Health.status(worst).withDetails(details).build();
  }

  /** A single trouble is shown in one line. */
  private static Object in(Map<String, Object> troubles) {
    Object state = troubles.get("state");
    return troubles.size() == 1 && state != null ? state : troubles;
  }

  private static Map<String, Object> troubles(AgentStatus agent) {
    Map<String, Object> troubles = new LinkedHashMap<>();
    switch (agent.state()) {
      case AgentState.Running running -> {}
      case AgentState.Connecting connecting -> troubles.put("state", "connecting to the broker");
      case AgentState.Waiting waiting -> {
        troubles.put("waits_for", waiting.dependency());
        troubles.put("since", waiting.since());
      }
      case AgentState.Stopped stopped -> {
        troubles.put("stopped", stopped.reason());
        troubles.put("since", stopped.since());
      }
      case AgentState.Silent silent -> troubles.put("has_not_polled_since", silent.since());
    }
    Map<String, Object> unreadable = new LinkedHashMap<>();
    agent.unreadable().forEach(record -> unreadable.put(record.position(), record.reason()));
    put(troubles, "cannot_read", unreadable);
    put(troubles, "may_not_read", agent.withheld());
    Map<String, Object> transactions = new LinkedHashMap<>();
    agent.openTransactions().stream()
        .filter(OpenTransaction::overdue)
        .forEach(open -> transactions.put(open.position(), open.since()));
    put(troubles, "waits_for_transactions", transactions);
    return troubles;
  }

  private static void put(Map<String, Object> troubles, String what, Map<String, ?> each) {
    if (!each.isEmpty()) {
      troubles.put(what, each);
    }
  }
}
