package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does before the first record: finds the positions and where the chain goes on, and
 * removes what a crash left of a batch that was not on disk yet. Nothing else in the log is ever
 * changed: a line that is broken in another way is evidence, and stays, and so is whatever was
 * witnessed.
 */
final class LogRecovery {

  private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

  private final LogDirectory directory;
  private final LogPositions positions;
  private final LogWitness witness;

  /**
   * @param positions taken over from the log
   * @param witness knows what is no remainder of a crash
   */
  LogRecovery(LogDirectory directory, LogPositions positions, LogWitness witness) {
    this.directory = directory;
    this.positions = positions;
    this.witness = witness;
  }

  /** Returns the last line, and where the log ends with it; null if the log is empty. */
  @Nullable Recovered recover() throws IOException {
    List<String> files = directory.files();
    if (files.isEmpty()) {
      return null;
    }
    Recovered recovered =
        new PositionsFile(directory)
            .load(positions)
            .orElseGet(
                () ->
                    new Recovered(
                        0,
                        new LogHead(
                            new LogPlace(files.getFirst(), 0),
                            0,
                            LineChain.start(directory.id().toString()),
                            Instant.EPOCH),
                        false));
    String from = recovered.head().end().file();
    for (String file : files) {
      if (file.compareTo(from) >= 0) {
        recovered =
            read(file.equals(from) ? recovered : recovered.in(file), file.equals(files.getLast()));
      }
    }
    return recovered;
  }

  /**
   * @param lastLine where the line before the end starts, in the same file
   * @param head the log up to a place
   * @param chained whether a line up to there has a hash
   */
  record Recovered(long lastLine, LogHead head, boolean chained) {

    private Recovered in(String file) {
      return new Recovered(
          0,
          new LogHead(new LogPlace(file, 0), head.lines(), head.chain(), head.loggedAt()),
          chained);
    }

    private Recovered with(LogLine line, Instant loggedAt) {
      return new Recovered(
          line.start().position(),
          new LogHead(
              line.end(),
              head.lines() + 1,
              LineEnds.chain(line.text()).orElseGet(() -> sealed(line.text())),
              loggedAt),
          chained || LineEnds.chain(line.text()).isPresent());
    }

    /**
     * Lines that were written before they had a hash are taken into the chain by the first that
     * has; a line that lost its hash is not.
     */
    private String sealed(byte[] line) {
      return chained ? head.chain() : LineLink.after(head.chain(), line).orElse(head.chain());
    }
  }

  private Recovered read(Recovered from, boolean newest) throws IOException {
    Recovered recovered = from;
    LogPlace begin = from.head().end();
    try (LogReader reader = new LogReader(directory, begin)) {
      long size = directory.size(begin.file());
      long witnessed = newest ? witness.witnessed(begin.file()) : 0;
      for (LogLine line = reader.next(size); line != null; line = reader.next(size)) {
        if (newest && (!line.complete() || ByteText.hasHole(line.text()))) {
          if (line.start().position() >= witnessed) {
            cut(line.start(), size);
            return recovered;
          }
          line = keep(line, witnessed);
        }
        recovered = recovered.with(line, note(line, recovered.head().loggedAt()));
      }
    }
    return recovered;
  }

  private Instant note(LogLine line, Instant before) {
    try {
      LoggedRecord record = LineReader.read(line.text());
      positions.logged(record.partition(), record.offset());
      return record.loggedAt();
    } catch (MalformedLine e) {
      log.warn(
          "The line in {} is not one of the audit log and is left as it is: {}",
          line.start(),
          e.getMessage());
      return before;
    }
  }

  /** Crashes leave nothing of the kind in what was on disk long before: it is damage, or worse. */
  private LogLine keep(LogLine line, long witnessed) throws IOException {
    log.error(
        "The line in {} {}, and lines up to byte {} were signed: this is not what a crash leaves. It is kept as"
            + " evidence. Verify the log; where there is a copy of the file, stop the agent, put the copy in"
            + " its place and start again",
        line.start(),
        line.complete() ? "has a NUL" : "has no end",
        witnessed);
    if (line.complete()) {
      return line;
    }
    // What is logged next must not become part of it.
    try (FileChannel channel =
        FileChannel.open(directory.resolve(line.start().file()), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}), line.end().position());
      channel.force(true);
    }
    return new LogLine(line.start(), line.text(), true);
  }

  private void cut(LogPlace end, long size) throws IOException {
    log.warn(
        "A crash in the middle of writing left {} bytes behind {}: removed, their records come again",
        size - end.position(),
        end);
    try (FileChannel channel =
        FileChannel.open(directory.resolve(end.file()), StandardOpenOption.WRITE)) {
      channel.truncate(end.position());
      channel.force(true);
    }
  }
}
