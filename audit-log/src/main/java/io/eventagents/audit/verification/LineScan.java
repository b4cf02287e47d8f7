package io.eventagents.audit.verification;

import io.eventagents.audit.log.DamagedFile;
import io.eventagents.audit.log.LineFields;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.verification.LineJudge.Judgement;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes over the lines of a log once, file by file, from the oldest to the newest. */
final class LineScan {

  private static final long TELL_EVERY = 4L * 1024 * 1024;

  private final LogFiles files;
  private final LogSnapshot snapshot;
  private final LineJudge judge;
  private final SignedLog signed;
  private final Breaks breaks;
  private final Findings changes;
  private final List<String> notes;
  private final VerificationListener listener;

  private long lines;
  private long bytesDone;
  private long tellAt = TELL_EVERY;
  private byte @Nullable [] lastRead;

  LineScan(
      LogFiles files,
      LogSnapshot snapshot,
      LineJudge judge,
      SignedLog signed,
      Breaks breaks,
      Findings changes,
      List<String> notes,
      VerificationListener listener) {
    this.files = files;
    this.snapshot = snapshot;
    this.judge = judge;
    this.signed = signed;
    this.breaks = breaks;
    this.changes = changes;
    this.notes = notes;
    this.listener = listener;
  }

  /** How many lines there were so far. */
  long lines() {
    return lines;
  }

  /** Goes over a day. */
  void over(String day, CheckpointTrail trail) throws IOException, InterruptedException {
    Long size = snapshot.size(day);
    if (size == null) {
      missing(day, trail);
      return;
    }
    boolean newest = snapshot.isNewest(day);
    long before = bytesDone;
    long end = 0;
    try {
      end = overLines(day, size, newest, trail);
    } catch (DamagedFile e) {
      end = bytesDone - before;
      changes.add(day, 0, end, "a compressed file as it was written", e.getMessage());
    }
    trail.end(end);
    if (snapshot.hasEnded(day) && judge.isChained() && !trail.covers(end)) {
      signed.lacksEnd(day, lines, changes);
    }
    bytesDone = before + size;
  }

  LogExtent extent() {
    List<String> names = snapshot.files();
    return new LogExtent(
        names.size(),
        lines,
        snapshot.bytes(),
        names.isEmpty() ? null : names.getFirst(),
        names.isEmpty() ? null : names.getLast(),
        lastRead == null ? null : LineFields.loggedAt(lastRead));
  }

  /** Where the last line ends. */
  private long overLines(String file, long size, boolean newest, CheckpointTrail trail)
      throws IOException, InterruptedException {
    long before = bytesDone;
    long number = 0;
    long end = 0;
    try (LogReader reader = new LogReader(files, new LogPlace(file, 0))) {
      for (LogLine line = reader.next(size); line != null; line = reader.next(size)) {
        number++;
        long start = line.start().position();
        boolean unsettled = newest && !trail.awaitsMore();
        if (!line.complete()) {
          incomplete(file, number, start, unsettled, line);
          break;
        }
        Judgement judgement = judge.judge(line.text(), file, number, start, lines == 0, unsettled);
        if (judgement == Judgement.TORN) {
          notes.add(
              "%s line %d, byte %d: what a crash left of a batch starts here; the agent removes it when it starts"
                  .formatted(file, number, start));
          break;
        }
        boolean read = judgement == Judgement.LINE;
        lines++;
        end = line.end().position();
        trail.pass(lines, end, judge.chain(), read ? judge.fields() : null);
        if (read) {
          breaks.pass(lines, file, number, start, end, judge.chain(), judge.fields());
        }
        lastRead = read ? line.text() : lastRead;
        bytesDone = before + end;
        tell();
      }
    }
    return end;
  }

  private void tell() throws InterruptedException {
    if (bytesDone >= tellAt) {
      tellAt = bytesDone + TELL_EVERY;
      listener.at(bytesDone, snapshot.bytes());
    }
  }

  private void incomplete(String file, long number, long start, boolean unsettled, LogLine line) {
    if (unsettled) {
      notes.add(
          "%s line %d, byte %d: %d bytes of a line that is being written, or was when a crash came"
              .formatted(file, number, start, line.text().length));
    } else {
      changes.add(
          file,
          number,
          start + line.text().length,
          "a line feed at the end of the file",
          "the end of the file");
    }
  }

  private void missing(String file, CheckpointTrail trail) throws IOException {
    Checkpoint last = trail.last();
    if (last != null) {
      changes.add(
          file,
          0,
          -1,
          "the file: its checkpoints are in %s, up to line %d of the log"
              .formatted(CheckpointFiles.of(file), last.lines()),
          "no such file");
      judge.resume(last.chain());
      lines = last.lines();
    }
  }
}
