package io.eventagents.audit.secondverifier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A note that says which signed lines are in no file any more (section "Checkpoints", "Breaks").
 *
 * @param from the first line that is missing
 * @param carried the checkpoint that was of the last one, as it was signed
 * @param old what that says
 * @param lines how many lines the log had when this was stated
 * @param bytes where the last of them ends in its file
 */
record BreakNote(
    Note note,
    Instant time,
    String after,
    long from,
    Note carried,
    Checkpoint old,
    long lines,
    String chain,
    String file,
    long bytes,
    String by,
    String because) {

  static final String SUFFIX = "/breaks";

  private static final int LINES = 11;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 1_000;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern MISSING = Pattern.compile("([1-9][0-9]{0,17}) ([1-9][0-9]{0,17})");
  private static final Pattern FILE = Pattern.compile("audit-\\d{4}-\\d{2}-\\d{2}\\.jsonl");

  /** Reads a note of a log; fails with what it should be, and is not. */
  static BreakNote parse(Note note, String logName) throws FormException {
    require(note.problem() == null, "a note in its form");
    List<String> lines = note.lines();
    require(note.firstLine().equals(logName + SUFFIX), "a break of this log");
    require(lines.size() == LINES, "a break of eleven lines");
    Optional<Instant> time = Times.ofNote(after("time ", lines.get(1)));
    require(time.isPresent(), "time and when");
    String after = after("after ", lines.get(2));
    require(HEX.matcher(after).matches(), "after and 64 hexadecimal digits");
    var missing = MISSING.matcher(after("missing ", lines.get(3)));
    require(missing.matches(), "missing and two numbers of lines");
    Note carried = carried(note, after("signed ", lines.get(4)));
    Checkpoint old = Checkpoint.parse(carried, logName);
    long from = Long.parseLong(missing.group(1));
    require(from <= old.lines(), "from a line up to the one of the checkpoint");
    require(Long.parseLong(missing.group(2)) == old.lines(), "up to the line of the checkpoint");
    require(old.time().isBefore(time.get()), "a time after that of the checkpoint");
    String count = after("lines ", lines.get(5));
    require(NUMBER.matcher(count).matches(), "lines and how many");
    Optional<byte[]> chain =
        Base64Text.decode(after("chain ", lines.get(6))).filter(bytes -> bytes.length == 32);
    require(chain.isPresent(), "chain and the Base64 of 32 bytes");
    String file = after("file ", lines.get(7));
    require(FILE.matcher(file).matches(), "file and the name of a day's file");
    String bytes = after("bytes ", lines.get(8));
    require(NUMBER.matcher(bytes).matches(), "bytes and how many");
    String by = after("by ", lines.get(9));
    require(isPlain(by, LONGEST_NAME), "by and a name");
    String because = after("because ", lines.get(10));
    require(isPlain(because, LONGEST_REASON), "because and a reason");
    return new BreakNote(
        note,
        time.get(),
        after,
        from,
        carried,
        old,
        Long.parseLong(count),
        Hashes.hex(chain.get()),
        file,
        Long.parseLong(bytes),
        by,
        because);
  }

  String named() {
    return "lines "
        + from
        + " to "
        + old.lines()
        + ", signed at "
        + old.time()
        + ", are in no file, as "
        + by
        + " stated at "
        + time
        + ": "
        + because;
  }

  Place place() {
    return note.place();
  }

  /** What the next break has as {@code after}. */
  String hash() {
    return Hashes.hex(Hashes.sha256().digest(note.text().getBytes(StandardCharsets.UTF_8)));
  }

  boolean supersedes(long signedLines, Instant signedTime) {
    return signedLines >= from && signedLines <= old.lines() && !signedTime.isAfter(old.time());
  }

  private static Note carried(Note note, String base64) throws FormException {
    Optional<byte[]> bytes = Base64Text.decode(base64);
    require(bytes.isPresent(), "signed and the Base64 of a note");
    Optional<Note> carried = NoteFile.single(note.place(), bytes.get());
    require(carried.isPresent(), "signed and the Base64 of one note");
    return carried.get();
  }

  private static boolean isPlain(String text, int longest) {
    return !text.isBlank()
        && text.equals(text.strip())
        && text.length() <= longest
        && text.codePoints().noneMatch(BreakNote::isHidden);
  }

  /** The general categories C and Zl, Zp of Unicode. */
  private static boolean isHidden(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static void require(boolean holds, String expected) throws FormException {
    if (!holds) {
      throw new FormException(expected, 0);
    }
  }

  private static String after(String label, String line) throws FormException {
    require(line.startsWith(label), label + "...");
    return line.substring(label.length());
  }
}
