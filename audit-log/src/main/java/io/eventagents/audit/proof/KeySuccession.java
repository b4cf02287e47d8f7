package io.eventagents.audit.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Says that another key signs from now on. Signed by both: by the former one, so that who trusts it
 * can go on to the next; by the next one, so that who trusts that can go back.
 *
 * @param logId the text in {@code log.id}
 * @param time when
 * @param former the key so far
 * @param next the key from now on
 */
public record KeySuccession(
    String logId, Instant time, VerificationKey former, VerificationKey next) {

  private static final String SUFFIX = "/signing-keys";
  private static final int LINES = 4;

  /** Whether the text of a note is one, rather than a checkpoint. */
  public static boolean isOne(String text) {
    return text.lines().findFirst().orElse("").endsWith(SUFFIX);
  }

  /**
   * Reads the text of a note.
   *
   * @throws MalformedNote if it is something else
   */
  public static KeySuccession parse(String text) throws MalformedNote {
    List<String> lines = text.lines().toList();
    if (lines.size() < LINES || !lines.getFirst().endsWith(SUFFIX)) {
      throw new MalformedNote("expected origin, time, former key and next key, a line each");
    }
    String origin = lines.getFirst();
    try {
      return new KeySuccession(
          LogName.logId(origin.substring(0, origin.length() - SUFFIX.length())),
          Instant.parse(Checkpoint.value("time", lines.get(1))),
          VerificationKey.parse(Checkpoint.value("from", lines.get(2))),
          VerificationKey.parse(Checkpoint.value("to", lines.get(3))));
    } catch (DateTimeException e) {
      throw new MalformedNote("expected a succession of keys: " + e.getMessage(), e);
    }
  }

  /** The text that is signed. */
  public String text() {
    return """
    %s%s
    time %s
    from %s
    to %s
    """
        .formatted(LogName.of(logId), SUFFIX, time, former, next);
  }
}
