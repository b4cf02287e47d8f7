package io.eventagents.observation;

import java.time.Instant;

/** What an agent is doing. */
public sealed interface AgentState {

  /**
   * It has not been given a partition yet: the broker is not there, or the group is being formed.
   */
  record Connecting() implements AgentState {}

  /** It handles what comes. */
  record Running() implements AgentState {}

  /**
   * It is paused until something else works again.
   *
   * @param dependency what it waits for
   * @param since since when
   * @param nextAttempt when it tries again
   */
  record Waiting(String dependency, Instant since, Instant nextAttempt) implements AgentState {}
}
