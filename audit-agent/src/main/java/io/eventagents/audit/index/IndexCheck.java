package io.eventagents.audit.index;

import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import io.eventagents.audit.verification.Deviation;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the index with the log, line by line, in constant memory, and names the first row that
 * somebody changed in the database. The log may be written meanwhile, and the index may follow it.
 * Rows of files older than every file of the log are not compared, because old files may be moved
 * away. Thread-safe.
 */
public final class IndexCheck {

  private final LogDirectory directory;
  private final RecordIndex index;

  /** Checks the index of this log. */
  public IndexCheck(LogDirectory directory, RecordIndex index) {
    this.directory = directory;
    this.index = index;
  }

  /**
   * Compares up to the first deviation.
   *
   * @param progress is given the number of bytes that are compared so far, now and then
   * @return the first row that differs from the log, without the content of the event; null if none
   *     does
   * @throws IOException if the log cannot be read
   * @throws org.springframework.dao.DataAccessException if the database cannot be queried
   */
  public @Nullable Deviation run(LongConsumer progress) throws IOException {
    int log = index.enter(directory);
    LogPlace upTo = index.indexed(log);
    return upTo == null ? null : new Run(log, upTo, progress).compare();
  }

  private final class Run {

    private final int log;
    private final LogPlace upTo;
    private final LongConsumer progress;
    private long bytes;

    Run(int log, LogPlace upTo, LongConsumer progress) {
      this.log = log;
      this.upTo = upTo;
      this.progress = progress;
    }

    @Nullable Deviation compare() throws IOException {
      List<String> files = directory.files();
      for (String file : files) {
        if (file.compareTo(upTo.file()) <= 0) {
          Deviation found = compare(file);
          if (found != null) {
            return found;
          }
        }
      }
      return others();
    }

    /** The first row that no line of the log leads to. */
    private @Nullable Deviation others() throws IOException {
      for (String file : index.strayFiles(log, directory)) {
        StoredRow row = index.firstRow(log, file);
        if (row != null) {
          return tooMany(row, "the log has no such file");
        }
      }
      StoredRow beyond = index.firstRowBeyond(log);
      return beyond == null ? null : tooMany(beyond, "the log is not indexed so far");
    }

    private @Nullable Deviation compare(String file) throws IOException {
      boolean last = file.equals(upTo.file());
      long size = last ? upTo.position() : directory.size(file);
      long compared = 0;
      try (LogReader reader = new LogReader(directory, new LogPlace(file, 0))) {
        for (List<LogLine> lines = IndexBatch.lines(reader, size, IndexBatch.LINES);
            !lines.isEmpty();
            lines = IndexBatch.lines(reader, size, IndexBatch.LINES)) {
          LogPlace to = lines.getLast().end();
          IndexSpan span = new IndexSpan(new LogPlace(file, compared), to, false, false);
          Deviation found = compare(lines, span);
          if (found != null && compare(again(span), span) != null) {
            return found;
          }
          progress.accept(bytes += to.position() - compared);
          compared = to.position();
        }
      }
      if (last) {
        return null;
      }
      List<StoredRow> behind = index.rows(log, IndexSpan.behind(new LogPlace(file, compared)));
      return behind.isEmpty() ? null : tooMany(behind.getFirst(), "the file ends before it");
    }

    /** Reads the lines again: an erasure may have reached only the log or only the index. */
    private List<LogLine> again(IndexSpan span) throws IOException {
      try (LogReader reader = new LogReader(directory, span.from())) {
        return IndexBatch.lines(reader, span.to().position(), IndexBatch.LINES);
      }
    }

    private @Nullable Deviation compare(List<LogLine> lines, IndexSpan span) {
      List<StoredRow> rows = index.rows(log, span);
      int next = 0;
      for (LogLine line : lines) {
        if (next < rows.size() && rows.get(next).place().compareTo(line.start()) < 0) {
          return tooMany(rows.get(next), "no line begins there");
        }
        IndexedRecord expected = read(line);
        boolean there = next < rows.size() && rows.get(next).place().equals(line.start());
        if (expected == null) {
          if (there) {
            return tooMany(rows.get(next), "the line there is not one of the log");
          }
          continue;
        }
        if (!there) {
          return deviation(
              line.start(), StoredRow.of(expected).record(), "the index has no row of the line");
        }
        Deviation found = compare(line, expected, rows.get(next++));
        if (found != null) {
          return found;
        }
        if (next < rows.size() && rows.get(next).place().equals(line.start())) {
          return tooMany(rows.get(next), "the index has several rows of the line");
        }
      }
      return next < rows.size() ? tooMany(rows.get(next), "no line begins there") : null;
    }

    private static @Nullable Deviation compare(
        LogLine line, IndexedRecord expected, StoredRow row) {
      StoredRow whole = StoredRow.of(expected);
      String difference = whole.difference(row);
      if (difference == null || isInPart(line, expected, row)) {
        return null;
      }
      return deviation(line.start(), whole.record(), difference);
    }

    /** Whether the row has only a part of the record, because the rest could not be indexed. */
    private static boolean isInPart(LogLine line, IndexedRecord expected, StoredRow row) {
      if (StoredRow.of(expected.bare("")).difference(row) == null) {
        return true;
      }
      try {
        return StoredRow.of(LineReading.ofHead(line, "")).difference(row) == null;
      } catch (MalformedLine e) {
        return false;
      }
    }

    private static @Nullable IndexedRecord read(LogLine line) {
      try {
        return LineReading.of(line);
      } catch (MalformedLine e) {
        return null; // It has no row, and the verification checks the log.
      }
    }

    private static Deviation tooMany(StoredRow row, String detail) {
      return deviation(row.place(), row.record(), detail);
    }

    private static Deviation deviation(LogPlace place, String record, String detail) {
      return new Deviation(
          place.file(),
          0,
          place.position(),
          "the index to have " + record + " as the log has it",
          detail);
    }
  }
}
