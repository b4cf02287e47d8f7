package io.eventagents.audit.proof;

import io.eventagents.audit.log.LogHead;
import io.eventagents.audit.log.LogPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What the log was at a time: whoever has it, signed, can tell whether the log still begins like
 * that. Written as C2SP's <a href="https://c2sp.org/tlog-checkpoint">checkpoints</a> are, with the
 * last line's hash where those have the root of a tree.
 *
 * @param logId the text in {@code log.id}
 * @param lines how many lines the log had
 * @param chain the hash of the last of them, in hexadecimal
 * @param time when the checkpoint was made
 * @param end where the last line ends
 */
public record Checkpoint(String logId, long lines, String chain, Instant time, LogPlace end) {

  private static final int LEAST_LINES = 6;
  private static final int HASH_BYTES = 32;

  static Checkpoint of(String logId, LogHead head, Instant time) {
    return new Checkpoint(logId, head.lines(), head.chain(), time, head.end());
  }

  /**
   * Reads the text of a note.
   *
   * @throws MalformedNote if it is no checkpoint; the message says what was expected
   */
  public static Checkpoint parse(String text) throws MalformedNote {
    List<String> lines = text.lines().toList();
    if (lines.size() < LEAST_LINES) {
      throw new MalformedNote(
          "expected origin, lines, hash, time, file and bytes of a checkpoint, a line each");
    }
    try {
      byte[] hash = Base64.getDecoder().decode(lines.get(2));
      if (hash.length != HASH_BYTES) {
        throw new MalformedNote("expected the 32 bytes of a hash, got '" + lines.get(2) + "'");
      }
      return new Checkpoint(
          LogName.logId(lines.get(0)),
          Long.parseLong(lines.get(1)),
          HexFormat.of().formatHex(hash),
          Instant.parse(value("time", lines.get(3))),
          new LogPlace(value("file", lines.get(4)), Long.parseLong(value("bytes", lines.get(5)))));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedNote("expected a checkpoint: " + e.getMessage(), e);
    }
  }

  /** The text that is signed. */
  public String text() {
    return """
    %s
    %d
    %s
    time %s
    file %s
    bytes %d
    """
        .formatted(
            LogName.of(logId),
            lines,
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(chain)),
            time,
            end.file(),
            end.position());
  }

  static String value(String name, String line) throws MalformedNote {
    if (!line.startsWith(name + " ")) {
      throw new MalformedNote("expected '" + name + " ...', got '" + line + "'");
    }
    return line.substring(name.length() + 1);
  }
}
