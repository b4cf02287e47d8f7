package io.eventagents.test;

import io.eventagents.observation.AgentState;
import java.util.Map;

/**
 * The records that wait for an agent.
 *
 * @param agent its name
 * @param state its state
 * @param lag the number of records that it has not finished, by partition, without partitions that
 *     it has finished
 */
record AgentLag(String agent, AgentState state, Map<String, Long> lag) {

  boolean isNone() {
    return lag.isEmpty();
  }

  @Override
  public String toString() {
    String doing =
        switch (state) {
          case AgentState.Connecting connecting -> "has no partitions yet";
          case AgentState.Running running -> "is running";
          case AgentState.Waiting waiting ->
              "waits for '%s' since %s, tries again at %s"
                  .formatted(waiting.dependency(), waiting.since(), waiting.nextAttempt());
          case AgentState.Stopped stopped ->
              "reads nothing since %s: %s".formatted(stopped.since(), stopped.reason());
          case AgentState.Silent silent -> "has not polled since " + silent.since();
        };
    return "the agent %s %s and has not finished %s".formatted(agent, doing, lag);
  }
}
