package io.eventagents.audit.verification;

import java.util.List;

/**
 * A verdict.
 *
 * @param holds whether there is no deviation
 * @param deviations how many there are
 * @param first the first of them, in the order in which they were found
 */
public record Verdict(boolean holds, long deviations, List<Deviation> first) {

  /** Copies the list. */
  public Verdict {
    first = List.copyOf(first);
  }
}
