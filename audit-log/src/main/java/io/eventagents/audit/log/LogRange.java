package io.eventagents.audit.log;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a log behind a head that it had, counted as who writes the log does: whatever a line
 * feed ends is one. Not thread-safe.
 */
public final class LogRange {

  private final LogDirectory directory;
  private final List<LogHead> heads = new ArrayList<>();
  private long lines;
  private String chain;
  private Instant loggedAt;

  private LogRange(LogDirectory directory, LogHead from) {
    this.directory = directory;
    this.lines = from.lines();
    this.chain = from.chain();
    this.loggedAt = from.loggedAt();
  }

  /**
   * Reads the lines from there to another place.
   *
   * @throws IOException if they cannot be read
   */
  public static LogRange read(LogDirectory directory, LogHead from, LogPlace to)
      throws IOException {
    LogRange stretch = new LogRange(directory, from);
    stretch.read(from.end(), to);
    return stretch;
  }

  /** How many lines the log has up to the end. */
  public long lines() {
    return lines;
  }

  /** The hash of the last line that has one. */
  public String chain() {
    return chain;
  }

  /**
   * The heads that the log had where files ended, and at the end. There is none if the last line of
   * a file is none of the log, or if it has no line.
   */
  public List<LogHead> heads() {
    return List.copyOf(heads);
  }

  private void read(LogPlace from, LogPlace to) throws IOException {
    for (String file : directory.files()) {
      if (file.compareTo(from.file()) >= 0 && file.compareTo(to.file()) <= 0) {
        long begin = file.equals(from.file()) ? from.position() : 0;
        long until = file.equals(to.file()) ? to.position() : directory.size(file);
        readFile(new LogPlace(file, begin), until);
      }
    }
  }

  private void readFile(LogPlace from, long until) throws IOException {
    LogPlace end = from;
    byte @Nullable [] last = null;
    boolean stated = from.position() > 0;
    try (LogReader reader = new LogReader(directory, from)) {
      for (LogLine line = reader.next(until); line != null; line = reader.next(until)) {
        lines++;
        last = line.text();
        end = line.end();
        Optional<String> hash = LineEnds.chain(last);
        stated = hash.isPresent();
        chain = hash.orElse(chain);
      }
    }
    if (stated) {
      loggedAt = last == null ? loggedAt : loggedAt(last);
      heads.add(new LogHead(end, lines, chain, loggedAt));
    }
  }

  private Instant loggedAt(byte[] line) {
    try {
      return LineReader.read(line).loggedAt();
    } catch (MalformedLine e) {
      return loggedAt;
    }
  }
}
