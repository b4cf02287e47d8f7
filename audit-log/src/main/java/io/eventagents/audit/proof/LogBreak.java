package io.eventagents.audit.proof;

import io.eventagents.Sha256;
import io.eventagents.audit.log.LogPlace;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Says that lines that were signed are in no file any more, on an operator's word: which, who
 * signed them, and with what the log goes on.
 *
 * @param logId the text in {@code log.id}
 * @param time when it was stated
 * @param after the hash of the text of the break before, or {@link #first} if there is none
 * @param from the first line that is missing, as lines were counted then
 * @param to the last one
 * @param signed the checkpoint that was of the last one, as it was signed
 * @param lines how many lines the log has now
 * @param chain the hash of the last of them, in hexadecimal
 * @param end where that ends
 * @param by who states it
 * @param because why they are missing
 */
public record LogBreak(
    String logId,
    Instant time,
    String after,
    long from,
    long to,
    SignedNote signed,
    long lines,
    String chain,
    LogPlace end,
    String by,
    String because) {

  /** No name is longer. */
  static final int LONGEST_NAME = 200;

  /** No reason is longer. */
  static final int LONGEST_REASON = 1000;

  private static final String SUFFIX = "/breaks";
  private static final int LINES = 11;
  private static final int HASH_BYTES = 32;

  /** Whether the text of a note is one, rather than a checkpoint. */
  public static boolean isOne(String text) {
    return text.lines().findFirst().orElse("").endsWith(SUFFIX);
  }

  /** Whether a text can stand in one: one line, not too long, of characters that can be seen. */
  static boolean isPlain(String text, int longest) {
    return !text.isBlank()
        && text.equals(text.strip())
        && text.length() <= longest
        && text.codePoints().noneMatch(LogBreak::isHidden);
  }

  private static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /**
   * Reads the text of a note.
   *
   * @throws MalformedNote if it is something else, or says what cannot be
   */
  public static LogBreak parse(String text) throws MalformedNote {
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    String origin = lines.getFirst();
    if (lines.size() != LINES || !origin.endsWith(SUFFIX)) {
      throw new MalformedNote("expected the %d lines of a break".formatted(LINES));
    }
    try {
      String[] missing = Checkpoint.value("missing", lines.get(3)).split(" ", -1);
      byte[] hash = Base64.getDecoder().decode(Checkpoint.value("chain", lines.get(6)));
      LogBreak read =
          new LogBreak(
              LogName.logId(origin.substring(0, origin.length() - SUFFIX.length())),
              Instant.parse(Checkpoint.value("time", lines.get(1))),
              Checkpoint.value("after", lines.get(2)),
              Long.parseLong(missing[0]),
              Long.parseLong(missing[missing.length - 1]),
              SignedNote.parse(
                  new String(
                      Base64.getDecoder().decode(Checkpoint.value("signed", lines.get(4))),
                      StandardCharsets.UTF_8)),
              Long.parseLong(Checkpoint.value("lines", lines.get(5))),
              HexFormat.of().formatHex(hash),
              new LogPlace(
                  Checkpoint.value("file", lines.get(7)),
                  Long.parseLong(Checkpoint.value("bytes", lines.get(8)))),
              Checkpoint.value("by", lines.get(9)),
              Checkpoint.value("because", lines.get(10)));
      read.requireSense(hash.length);
      if (!read.text().equals(text)) {
        throw new MalformedNote("expected a break in its one form: " + read.text());
      }
      return read;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedNote("expected a break: " + e.getMessage(), e);
    }
  }

  private void requireSense(int hashBytes) throws MalformedNote {
    Checkpoint old = checkpoint();
    if (hashBytes != HASH_BYTES
        || from < 1
        || to < from
        || old.lines() != to
        || !old.logId().equals(logId)
        || !old.time().isBefore(time)) {
      throw new MalformedNote(
          "expected a break of lines up to the one that an earlier checkpoint of this log is of: line %d at %s"
              .formatted(old.lines(), old.time()));
    }
    if (!isPlain(by, LONGEST_NAME) || !isPlain(because, LONGEST_REASON)) {
      throw new MalformedNote("expected a name and a reason, a line of text each");
    }
  }

  /** The text that is signed. */
  public String text() {
    return """
    %s%s
    time %s
    after %s
    missing %d %d
    signed %s
    lines %d
    chain %s
    file %s
    bytes %d
    by %s
    because %s
    """
        .formatted(
            LogName.of(logId),
            SUFFIX,
            time,
            after,
            from,
            to,
            Base64.getEncoder().encodeToString(signed.toString().getBytes(StandardCharsets.UTF_8)),
            lines,
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(chain)),
            end.file(),
            end.position(),
            by,
            because);
  }

  /** What the next break comes after. */
  public String hash() {
    return Sha256.hex(text());
  }

  /** The checkpoint of the last line that is missing. */
  public Checkpoint checkpoint() {
    try {
      return Checkpoint.parse(signed.text());
    } catch (MalformedNote e) {
      throw new IllegalArgumentException("No break carries anything but a checkpoint", e);
    }
  }

  /** When the last line that is missing was signed. */
  public Instant signedAt() {
    return checkpoint().time();
  }

  /**
   * Whether what was signed then of so many lines is of lines that are missing: it does not count
   * any more.
   */
  public boolean supersedes(long signedLines, Instant signedTime) {
    return from <= signedLines && signedLines <= to && !signedTime.isAfter(signedAt());
  }

  /** What is said of one, wherever it is named. */
  public static String inWords(
      long from, long to, Instant signedAt, String by, Instant statedAt, String because) {
    return "lines %d to %d of the log, signed at %s, are in no file, as %s stated at %s: %s"
        .formatted(from, to, signedAt, by, statedAt, because);
  }

  /** In words. */
  @Override
  public String toString() {
    return inWords(from, to, signedAt(), by, time, because);
  }
}
