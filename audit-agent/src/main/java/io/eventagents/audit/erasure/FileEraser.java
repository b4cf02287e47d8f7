package io.eventagents.audit.erasure;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.CompressedWriter;
import io.eventagents.audit.log.ErasedLine;
import io.eventagents.audit.log.LogContent;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases payloads in one file. A new version is written to disk beside it and then takes its place,
 * so that a crash leaves the one or the other. Positions stay the same. Not thread-safe.
 */
final class FileEraser {

  private static final Logger log = LoggerFactory.getLogger(FileEraser.class);
  private static final int CHUNK = 1024 * 1024;

  private final LogDirectory directory;
  private final LogFiles files;
  private final AuditLog auditLog;
  private final LogScan scan;
  private final String erasure;
  private final byte[] chunk = new byte[CHUNK];

  FileEraser(LogDirectory directory, AuditLog auditLog, LogScan scan, String erasure) {
    this.directory = directory;
    this.files = directory.content();
    this.auditLog = auditLog;
    this.scan = scan;
    this.erasure = erasure;
  }

  /** Erases the selected lines in a file of the directory, in each form that is there. */
  void erase(String file, LogPlace upTo, Selection selection) throws IOException {
    directory.changes().lock();
    try {
      Path plain = files.plain(file);
      if (Files.exists(plain)) {
        List<Span> spans = select(LogFiles.openPlain(plain), file, upTo, selection);
        if (!spans.isEmpty()) {
          rewritePlain(file, plain, spans);
        }
      }
      Path compressed = files.compressed(file);
      if (Files.exists(compressed)) {
        Path fresh = fresh(compressed);
        if (eraseCompressed(compressed, file, upTo, selection, fresh)) {
          directory.putInPlace(fresh, compressed);
        }
      }
    } finally {
      directory.changes().unlock();
    }
  }

  /**
   * Erases the selected lines in a compressed file outside the directory.
   *
   * @return whether there were any
   */
  boolean eraseCompressed(
      Path compressed, String file, LogPlace upTo, Selection selection, Path into)
      throws IOException {
    List<Span> spans = select(LogFiles.openCompressed(compressed), file, upTo, selection);
    if (spans.isEmpty()) {
      return false;
    }
    rewriteCompressed(compressed, into, spans);
    return true;
  }

  private List<Span> select(LogContent content, String file, LogPlace upTo, Selection selection)
      throws IOException {
    List<Span> spans = new ArrayList<>();
    scan.lines(
        content,
        file,
        upTo,
        line -> {
          if (selection.has(line) && isErasable(line)) {
            spans.add(new Span(line.start().position(), line.text().length));
          }
        });
    return spans;
  }

  /** A line that was written by hand must not keep the others from being erased. */
  private boolean isErasable(LogLine line) {
    try {
      ErasedLine.of(line.text(), erasure);
      return true;
    } catch (MalformedLine e) {
      log.error(
          "The line in {} was written by another program and is not erased: {}",
          line.start(),
          e.getMessage());
      return false;
    }
  }

  /** The newest file grows meanwhile, so the rest of it is copied while nothing is written. */
  private void rewritePlain(String file, Path plain, List<Span> spans) throws IOException {
    Path fresh = fresh(plain);
    try (LogContent content = LogFiles.openPlain(plain);
        FileChannel channel = LogFiles.create(fresh)) {
      Sink sink = Channels.newOutputStream(channel)::write;
      long copied = copyErasing(content, spans, sink);
      long done = copy(content, copied, end(file, content, auditLog.end().get()), sink);
      channel.force(true);
      auditLog.changeFiles(
          end -> {
            copy(content, done, end(file, content, end), sink);
            channel.force(true);
            directory.putInPlace(fresh, plain);
          });
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** What stands behind the end of the log is not in it yet, or never will be. */
  private static long end(String file, LogContent content, @Nullable LogPlace ofLog)
      throws IOException {
    return ofLog != null && ofLog.file().equals(file) ? ofLog.position() : content.size();
  }

  private void rewriteCompressed(Path compressed, Path into, List<Span> spans) throws IOException {
    try (LogContent content = LogFiles.openCompressed(compressed);
        FileChannel channel = LogFiles.create(into);
        CompressedWriter writer = new CompressedWriter(channel)) {
      long copied = copyErasing(content, spans, writer::write);
      copy(content, copied, content.size(), writer::write);
      writer.finish();
      channel.force(true);
    }
  }

  /** Copies up to the last span, and returns the position behind it. */
  private long copyErasing(LogContent content, List<Span> spans, Sink sink) throws IOException {
    long position = 0;
    for (Span span : spans) {
      position = copy(content, position, span.position(), sink);
      byte[] line = new byte[span.length()];
      if (content.readFully(ByteBuffer.wrap(line), position) < line.length) {
        throw new IOException("The file became shorter while it was read");
      }
      try {
        sink.write(ErasedLine.of(line, erasure), 0, line.length);
      } catch (MalformedLine e) {
        throw new IOException("The line at byte " + position + " cannot be erased", e);
      }
      position += line.length;
    }
    return position;
  }

  private long copy(LogContent content, long from, long to, Sink sink) throws IOException {
    long position = from;
    while (position < to) {
      int wanted = (int) Math.min(CHUNK, to - position);
      int count = content.read(ByteBuffer.wrap(chunk, 0, wanted), position);
      if (count < 0) {
        throw new IOException("The file became shorter while it was read");
      }
      sink.write(chunk, 0, count);
      position += count;
    }
    return position;
  }

  private static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + LogFiles.FRESH);
  }

  private record Span(long position, int length) {}

  @FunctionalInterface
  private interface Sink {
    void write(byte[] bytes, int from, int length) throws IOException;
  }
}
