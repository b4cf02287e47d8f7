package io.eventagents.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an agent is doing. */
public sealed interface AgentState {

  /** It has no partition yet: the broker is away, or the group is being formed. */
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

  /**
   * It reads nothing: its consumer ended, or somebody stopped or paused it.
   *
   * @param reason why
   * @param since since when
   * @param nextAttempt when its consumer is started again; null if somebody stopped it and has to
   *     start it
   */
  record Stopped(String reason, Instant since, @Nullable Instant nextAttempt)
      implements AgentState {}

  /**
   * Its consumer's thread has not polled for longer than the broker waits for it: it is held up in
   * the middle of something.
   *
   * @param since when it polled last
   */
  record Silent(Instant since) implements AgentState {}
}
