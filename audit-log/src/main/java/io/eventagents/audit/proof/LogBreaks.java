package io.eventagents.audit.proof;

import io.eventagents.audit.log.LogHead;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The breaks that were stated of a log, in order. Immutable. */
final class LogBreaks {

  private static final Logger log = LoggerFactory.getLogger(LogBreaks.class);

  private record Stated(LogBreak said, SignedNote note) {}

  private final List<Stated> breaks;

  private LogBreaks(List<Stated> breaks) {
    this.breaks = List.copyOf(breaks);
  }

  /**
   * Those beside a log that one of its keys signed. What else is there does not count; who verifies
   * finds it.
   */
  static LogBreaks of(String logId, KeyHistory keys, CheckpointFiles files) throws IOException {
    List<Stated> breaks = new ArrayList<>();
    for (SignedNote note : files.notes(CheckpointFiles.BREAKS)) {
      try {
        LogBreak said = LogBreak.parse(note.text());
        if (said.logId().equals(logId)
            && keys.vouchesFor(note, said.time())
            && keys.vouchesFor(said.signed(), said.signedAt())) {
          breaks.add(new Stated(said, note));
          continue;
        }
      } catch (MalformedNote e) {
        log.debug("A note in {} is none on a break", CheckpointFiles.BREAKS, e);
      }
      log.warn(
          "A note in {} is no break that the key of this log vouches for", CheckpointFiles.BREAKS);
    }
    return new LogBreaks(breaks);
  }

  List<LogBreak> all() {
    return breaks.stream().map(Stated::said).toList();
  }

  /** The last one; null if none was stated. */
  @Nullable LogBreak last() {
    return breaks.isEmpty() ? null : breaks.getLast().said();
  }

  /** What the line behind so many has to state. */
  Optional<String> statement(long lines) {
    return breaks.isEmpty() || breaks.getLast().said().lines() != lines
        ? Optional.empty()
        : Optional.of(breaks.getLast().note().toString());
  }

  /** Whether a checkpoint is of lines that are known to be missing. */
  boolean supersede(Checkpoint checkpoint) {
    return breaks.stream()
        .anyMatch(stated -> stated.said().supersedes(checkpoint.lines(), checkpoint.time()));
  }

  /** Nothing that is signed later is earlier. */
  Instant noEarlierThan(Instant time) {
    LogBreak last = last();
    return last != null && time.isBefore(last.time()) ? last.time() : time;
  }

  /** With what the log went on behind the last one, which was signed with it. */
  Optional<Checkpoint> goesOnWith(String logId) {
    return Optional.ofNullable(last())
        .map(
            last ->
                Checkpoint.of(
                    logId,
                    new LogHead(last.end(), last.lines(), last.chain(), last.time()),
                    last.time()));
  }
}
