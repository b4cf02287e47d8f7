package io.eventagents.deadletter;

import java.util.Locale;
import java.util.Optional;

/** What became of a dead letter. */
public enum LetterState {
  /** Nobody has looked after it. */
  OPEN,
  /** It was sent to its agent once more; the agent has not answered yet. */
  REPLAYING,
  /** The agent was told to leave it and to go on with what waits behind it. */
  DISCARDING,
  /** The agent has handled it. */
  REPLAYED,
  /** The agent gave it up once more; a newer letter tells how. */
  FAILED_AGAIN,
  /** It is left for good. */
  DISCARDED;

  /** Whether nothing more is to be done about it. */
  public boolean isSettled() {
    return this == REPLAYED || this == FAILED_AGAIN || this == DISCARDED;
  }

  /** In lower case, as it is shown and stored. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #text} gives; empty where it is none. */
  public static Optional<LetterState> of(String text) {
    for (LetterState state : values()) {
      if (state.text().equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
