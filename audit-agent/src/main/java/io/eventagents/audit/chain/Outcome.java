package io.eventagents.audit.chain;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a chain stands. */
public sealed interface Outcome {

  /** The outcome by what has not followed; a failure takes precedence. */
  static Outcome of(List<Awaited> awaited) {
    List<Awaited> failed = awaited.stream().filter(Awaited::failed).toList();
    if (!failed.isEmpty()) {
      return new Failed(failed.getFirst().node(), failed.size() - 1);
    }
    return awaited.stream()
        .min(comparing(Outcome::deadline))
        .<Outcome>map(
            first -> new Waiting(first.types(), first.until(), first.overdue(), awaited.size() - 1))
        .orElseGet(Complete::new);
  }

  private static Instant deadline(Awaited awaited) {
    return awaited.until() == null ? Instant.MAX : awaited.until();
  }

  /** Nothing is expected any more, and nothing failed. */
  record Complete() implements Outcome {}

  /**
   * Something is still to come.
   *
   * @param types one of which is expected
   * @param until by when; null if there is no time
   * @param overdue whether it should be there by now
   * @param more how many other things are expected
   */
  record Waiting(List<String> types, @Nullable Instant until, boolean overdue, int more)
      implements Outcome {

    /** Copies the list. */
    public Waiting {
      types = List.copyOf(types);
    }
  }

  /**
   * Something failed, and nobody has settled it.
   *
   * @param node the event that reports it
   * @param more how many other failures there are
   */
  record Failed(ChainNode node, int more) implements Outcome {}

  /** The record belongs to no chain, because it has no readable id. */
  record Unreadable() implements Outcome {}
}
