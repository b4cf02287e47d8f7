package io.eventagents.audit.log;

import java.io.IOException;
import java.util.Optional;

/** Is shown the log where it goes on in another file, and where it ends. */
@FunctionalInterface
public interface LogWitness {

  /** Looks away. */
  LogWitness NONE = file -> 0;

  /**
   * No line follows in this file; returns before the next file is made.
   *
   * @throws IOException if it cannot be witnessed; the batch that asked for the next file comes
   *     again then
   */
  default void fileEnds(LogHead at) throws IOException {}

  /** Another program changed the log, and it goes on from what is on disk now. */
  default void logWasReadAgain() {}

  /**
   * What the line behind so many has to state, beside its record: a note.
   *
   * @return empty unless it is the first one behind a break
   */
  default Optional<String> statement(long lines) {
    return Optional.empty();
  }

  /** This process writes no more. */
  default void logCloses(LogHead at) {}

  /**
   * How many bytes of a file were witnessed, by whoever wrote it before. What is damaged there is
   * no remainder of a crash, and stays.
   *
   * @throws IOException if that cannot be told
   */
  long witnessed(String file) throws IOException;
}
