package io.eventagents.audit.verification;

import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineFields;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were written before lines had a chain: those at the beginning of the log. The
 * first line with a chain takes them all in, so that they are known to be unchanged since; one of
 * an earlier version did not. Not thread-safe.
 */
final class BeforeTheChain {

  private final LineChain seal;
  private long lines;
  private boolean sealed;
  private @Nullable Deviation first;

  /**
   * @param start what the first line of the log is chained to
   */
  BeforeTheChain(String start) {
    this.seal = new LineChain(start);
  }

  /** Takes the line in, as if it had a chain. */
  void take(LineFields fields, String file, long number, long start) {
    lines++;
    seal.take(fields.line, 0, fields.headEnd, fields.digest, fields.gap, fields.gapEnd);
    if (first == null) {
      first =
          new Deviation(
              file,
              number,
              start + fields.line.length - 1,
              "the key chain",
              "a line without, and none with one behind it: that lines written before the log had a chain are unchanged cannot be shown");
    }
  }

  /** How many there are. */
  long lines() {
    return lines;
  }

  /** Whether a line that has a chain took them in. */
  boolean isSealed() {
    return sealed;
  }

  /** What the first line with a chain is chained to if it takes them in. */
  String seal() {
    return seal.chain();
  }

  /** Whether the first line with a chain takes them in. */
  boolean isSealedBy(LineFields fields) {
    LineChain chain = new LineChain(seal());
    chain.take(fields.line, 0, fields.headEnd, fields.digest, fields.gap, fields.gapEnd);
    sealed = chain.isAt(fields.line, fields.chain);
    return sealed;
  }

  /** No line of the log has a chain. */
  void conclude(Findings changes) {
    Deviation found = first;
    if (found != null) {
      changes.add(found);
    }
  }
}
