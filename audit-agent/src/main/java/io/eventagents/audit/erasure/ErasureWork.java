package io.eventagents.audit.erasure;

import io.eventagents.Sha256;
import io.eventagents.audit.archive.RemovedFiles;
import io.eventagents.audit.index.RecordIndex;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LineEnds;
import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out erasures. Each step can be repeated, so that what is left after a crash is done
 * later. Not thread-safe.
 */
final class ErasureWork {

  private static final Logger log = LoggerFactory.getLogger(ErasureWork.class);

  private static final int LINES_AT_ONCE = 1000;
  private static final long BYTES_AT_ONCE = 8L * 1024 * 1024;
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final LogDirectory directory;
  private final AuditLog auditLog;
  private final RemovedFiles removed;
  private final RecordIndex index;
  private final ErasureStore store;

  ErasureWork(
      LogDirectory directory,
      AuditLog auditLog,
      RemovedFiles removed,
      RecordIndex index,
      ErasureStore store) {
    this.directory = directory;
    this.auditLog = auditLog;
    this.removed = removed;
    this.index = index;
    this.store = store;
  }

  /**
   * Does what is left of an erasure.
   *
   * @param wanted whether to continue; asked now and then
   * @throws CancellationException if it is not wanted any more
   */
  void carryOut(Erasure erasure, BooleanSupplier wanted) throws IOException {
    LogScan scan = new LogScan(directory, removed, wanted);
    Subject subject = Objects.requireNonNull(erasure.subject(), "subject");
    LogPlace upTo = erasure.upTo();
    ErasureState state = erasure.state();
    if (upTo == null) {
      upTo = Objects.requireNonNullElse(auditLog.end().get(), new LogPlace("", 0));
      store.begin(erasure.id(), upTo);
      state = ErasureState.SEARCHING;
    }
    if (state == ErasureState.SEARCHING) {
      // Before anything is erased, because an erased line does not say whom it concerned.
      Set<String> chains = erasure.wholeChains() ? chains(subject, upTo, scan) : Set.of();
      store.enterErasing(erasure.id(), chains);
      state = ErasureState.ERASING;
    }
    if (state == ErasureState.ERASING) {
      erase(erasure, new Selection(subject, store.chains(erasure.id())), upTo, scan);
      store.enter(erasure.id(), ErasureState.INDEXING);
    }
    removed.shipChanges();
    awaitIndexed(upTo, wanted);
    Erasure.Outcome outcome = remake(erasure.id(), upTo, scan);
    store.complete(erasure, outcome);
    log.info(
        "The erasure {} is completed: {} records in {} files",
        erasure.id(),
        outcome.records(),
        outcome.files());
  }

  static Set<String> chains(Subject subject, LogPlace upTo, LogScan scan) throws IOException {
    Set<String> chains = new HashSet<>();
    scan.lines(
        upTo,
        line -> {
          String chain = Selection.chainOf(line, subject);
          if (chain != null) {
            chains.add(chain);
          }
        });
    return chains;
  }

  private void erase(Erasure erasure, Selection selection, LogPlace upTo, LogScan scan)
      throws IOException {
    FileEraser eraser = new FileEraser(directory, auditLog, scan, erasure.id());
    List<String> files = scan.files(upTo);
    List<String> elsewhere = removed.names();
    for (int i = 0; i < files.size(); i++) {
      store.progress(erasure.id(), files.size(), i);
      String file = files.get(i);
      if (directory.content().has(file)) {
        eraser.erase(file, upTo, selection);
      }
      if (elsewhere.contains(file) || hasGone(file)) {
        eraseRemoved(file, upTo, selection, eraser, scan);
      }
    }
    store.progress(erasure.id(), files.size(), files.size());
  }

  /** Whether the file was there when the files were listed, and is only in the bucket since. */
  private boolean hasGone(String file) throws IOException {
    return !directory.content().has(file) && removed.names().contains(file);
  }

  private void eraseRemoved(
      String file, LogPlace upTo, Selection selection, FileEraser eraser, LogScan scan)
      throws IOException {
    Path fetched = scan.fetch(file);
    Path rewritten = fetched.resolveSibling(file + ".rewritten" + LogFiles.FRESH);
    try {
      if (eraser.eraseCompressed(fetched, file, upTo, selection, rewritten)) {
        removed.replace(file, rewritten);
      }
    } finally {
      Files.deleteIfExists(fetched);
      Files.deleteIfExists(rewritten);
    }
  }

  /** Waits for the indexer, which may have read lines before they were erased. */
  private void awaitIndexed(LogPlace upTo, BooleanSupplier wanted) {
    while (!upTo.file().isEmpty() && isBehind(index.indexed(directory), upTo)) {
      if (!wanted.getAsBoolean()) {
        throw new CancellationException("Stopped while the index was behind");
      }
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("Stopped while the index was behind");
      }
    }
  }

  private static boolean isBehind(@Nullable LogPlace indexed, LogPlace upTo) {
    return indexed == null || indexed.compareTo(upTo) < 0;
  }

  /** Updates the rows of the erased lines, and counts the lines. */
  private Erasure.Outcome remake(String id, LogPlace upTo, LogScan scan) throws IOException {
    byte[] mark = ByteText.ascii("\"erased\":\"" + id + "\"");
    MessageDigest sha256 = Sha256.start();
    Set<String> files = new HashSet<>();
    List<LogLine> some = new ArrayList<>();
    long[] count = new long[2];
    long[] bytes = new long[1];
    scan.lines(
        upTo,
        line -> {
          if (isErased(line, mark, id)) {
            LineEnds.chain(line.text())
                .ifPresent(chain -> sha256.update(ByteText.ascii(chain + "\n")));
            files.add(line.start().file());
            count[0]++;
            count[1] += line.text().length;
            some.add(line);
            bytes[0] += line.text().length;
            if (some.size() == LINES_AT_ONCE || bytes[0] >= BYTES_AT_ONCE) {
              index.remake(directory, some);
              some.clear();
              bytes[0] = 0;
            }
          }
        });
    index.remake(directory, some);
    return new Erasure.Outcome(
        count[0], files.size(), count[1], HexFormat.of().formatHex(sha256.digest()));
  }

  /** Whether the line was erased; the payload of another line may contain the id. */
  private static boolean isErased(LogLine line, byte[] mark, String id) {
    if (ByteText.first(line.text(), 0, line.text().length, mark) < 0) {
      return false;
    }
    try {
      return id.equals(LineReader.read(line.text()).erasure());
    } catch (MalformedLine e) {
      return false;
    }
  }
}
