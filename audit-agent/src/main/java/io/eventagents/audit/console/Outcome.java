package io.eventagents.audit.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a chain stands. */
sealed interface Outcome {

  /** Nothing is expected any more, and nothing failed. */
  record Complete() implements Outcome {}

  /**
   * Something is still to come.
   *
   * @param types one of which is expected
   * @param until by when; null where no time is said
   * @param overdue whether it should be there by now
   * @param more how many other things are expected
   */
  record Waiting(List<String> types, @Nullable Instant until, boolean overdue, int more)
      implements Outcome {}

  /**
   * It went wrong, and nobody has put it right.
   *
   * @param node the event that tells of it
   * @param more how many other failures there are
   */
  record Failed(ChainNode node, int more) implements Outcome {}

  /** The record belongs to no chain, since it has no readable id. */
  record Unreadable() implements Outcome {}
}
