package io.eventagents.audit.proof;

/**
 * Where the log is not what was signed of it.
 *
 * @param file the file of the log
 * @param line of the log, from its first on, that the checkpoint was made at
 * @param position where that line ends in the file
 * @param expected what was signed
 * @param found what is there instead
 */
public record Contradiction(String file, long line, long position, String expected, String found) {

  static Contradiction of(Checkpoint signed, String found) {
    return new Contradiction(
        signed.end().file(),
        signed.lines(),
        signed.end().position(),
        "line %d of the log, with the chain %s, to end there, as was signed at %s"
            .formatted(signed.lines(), signed.chain(), signed.time()),
        found);
  }

  /** In words. */
  @Override
  public String toString() {
    return "%s, byte %d: expected %s; found %s".formatted(file, position, expected, found);
  }
}
