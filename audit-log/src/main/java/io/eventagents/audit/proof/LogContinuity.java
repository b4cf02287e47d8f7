package io.eventagents.audit.proof;

import io.eventagents.audit.log.DamagedFile;
import io.eventagents.audit.log.LineEnds;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogHead;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogRange;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a log goes on from what was signed of it. Thread-safe. */
final class LogContinuity {

  private final LogDirectory directory;
  private final LineEnds ends;

  LogContinuity(LogDirectory directory) {
    this.directory = directory;
    this.ends = new LineEnds(directory.content());
  }

  /**
   * Holds the log against what was signed of it: the lines that it had, where they ended and their
   * chain. The lines before are what the chain stands for, and not looked at.
   *
   * @param signed of this log, by its keys
   * @param stated what the log went on with behind the last break; empty if there is none
   * @param head the log; null if it is empty
   * @return the heads that the log had where files ended since then, and its own
   * @throws ContradictedLog if it does not go on from there
   * @throws IOException if it cannot be read
   */
  List<LogHead> since(
      Collection<Checkpoint> signed, Optional<Checkpoint> stated, @Nullable LogHead head)
      throws IOException, ContradictedLog {
    Checkpoint newest =
        signed.stream().max(Comparator.comparingLong(Checkpoint::lines)).orElse(null);
    if (stated.isPresent() && !isVouchedFor(stated.get(), newest)) {
      hold(stated.get(), head);
    }
    if (newest == null) {
      return head != null && states(head) ? List.of(head) : List.of();
    }
    for (Checkpoint each : signed) {
      // Old files may be moved away, and the newest checkpoint vouches for them.
      if (each.equals(newest) || directory.content().has(each.end().file())) {
        hold(each, head);
      }
    }
    if (head == null) {
      throw contradicted(newest, "a log without a line");
    }
    return count(newest, head);
  }

  /** Its file may be moved away as well, once something newer is signed. */
  private boolean isVouchedFor(Checkpoint stated, @Nullable Checkpoint newest) {
    return newest != null
        && newest.lines() >= stated.lines()
        && !directory.content().has(stated.end().file());
  }

  /** Whether the last line has the hash itself; one of before there were hashes does not. */
  boolean states(LogHead head) throws IOException {
    return ends.chainAt(head.end()).equals(Optional.of(head.chain()));
  }

  private void hold(Checkpoint signed, @Nullable LogHead head) throws IOException, ContradictedLog {
    if (head == null) {
      throw contradicted(signed, "a log without a line");
    }
    LogPlace end = signed.end();
    if (signed.lines() > head.lines() || end.compareTo(head.end()) > 0) {
      throw contradicted(
          signed, "a log of %d lines, which ends in %s".formatted(head.lines(), head.end()));
    }
    if (!directory.content().has(end.file())) {
      throw contradicted(signed, "no such file");
    }
    Optional<String> chain;
    try {
      chain = ends.chainAt(end);
    } catch (DamagedFile e) {
      throw contradicted(signed, String.valueOf(e.getMessage()));
    }
    if (!chain.equals(Optional.of(signed.chain()))) {
      throw contradicted(
          signed,
          chain.map(other -> "a line with the chain " + other).orElse("no end of a line there"));
    }
  }

  private List<LogHead> count(Checkpoint signed, LogHead head) throws IOException, ContradictedLog {
    LogRange since =
        LogRange.read(
            directory,
            new LogHead(signed.end(), signed.lines(), signed.chain(), signed.time()),
            head.end());
    if (since.lines() != head.lines()) {
      throw contradicted(
          signed,
          "line %d there, since the log has %d lines"
              .formatted(signed.lines() + head.lines() - since.lines(), head.lines()));
    }
    if (!since.chain().equals(head.chain())) {
      throw contradicted(
          signed,
          "that the agent would go on from the chain %s, and the last line has %s (remove positions.json)"
              .formatted(head.chain(), since.chain()));
    }
    return since.heads();
  }

  private static ContradictedLog contradicted(Checkpoint signed, String found) {
    return new ContradictedLog(Contradiction.of(signed, found));
  }
}
