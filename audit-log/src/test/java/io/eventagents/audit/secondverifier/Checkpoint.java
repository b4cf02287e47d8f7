package io.eventagents.audit.secondverifier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a signed note says that the log was (section "Checkpoints").
 *
 * @param lines how many lines the log had: the number of the line that it is of
 * @param chain of that line, in hexadecimal
 * @param file the name of the day's file that the line is in
 * @param bytes how many bytes of the file there are up to the end of the line
 */
record Checkpoint(Place place, long lines, String chain, Instant time, String file, long bytes) {

  private static final Pattern FILE = Pattern.compile("audit-\\d{4}-\\d{2}-\\d{2}\\.jsonl");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int LINES = 6;
  private static final int CHAIN_LENGTH = 32;

  /** Reads a note of a log; fails with what it should be, and is not. */
  static Checkpoint parse(Note note, String logName) throws FormException {
    require(note.problem() == null, "a note in its form");
    require(note.firstLine().equals(logName), "a checkpoint of this log");
    List<String> lines = note.lines();
    require(lines.size() >= LINES, "a checkpoint of at least six lines");
    require(NUMBER.matcher(lines.get(1)).matches(), "how many lines the log has");
    Optional<byte[]> chain =
        Base64Text.decode(lines.get(2)).filter(bytes -> bytes.length == CHAIN_LENGTH);
    require(chain.isPresent(), "the Base64 of the 32 bytes of a chain");
    Optional<Instant> time = after("time ", lines.get(3)).flatMap(Times::ofNote);
    require(time.isPresent(), "time and when");
    Optional<String> file =
        after("file ", lines.get(4)).filter(name -> FILE.matcher(name).matches());
    require(file.isPresent(), "file and the name of a day's file");
    Optional<String> bytes =
        after("bytes ", lines.get(5)).filter(number -> NUMBER.matcher(number).matches());
    require(bytes.isPresent(), "bytes and how many");
    return new Checkpoint(
        note.place(),
        Long.parseLong(lines.get(1)),
        Hashes.hex(chain.get()),
        time.get(),
        file.get(),
        Long.parseLong(bytes.get()));
  }

  private static void require(boolean holds, String expected) throws FormException {
    if (!holds) {
      throw new FormException(expected, 0);
    }
  }

  private static Optional<String> after(String label, String line) {
    return line.startsWith(label) ? Optional.of(line.substring(label.length())) : Optional.empty();
  }
}
