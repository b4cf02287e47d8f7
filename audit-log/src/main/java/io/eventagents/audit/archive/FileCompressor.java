package io.eventagents.audit.archive;

import io.eventagents.audit.log.CompressedWriter;
import io.eventagents.audit.log.FileState;
import io.eventagents.audit.log.LogContent;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the compressed form of a file in its place: written aside, on disk, read back and compared;
 * then the original goes. A crash at any instant leaves one of the two whole. Not thread-safe.
 */
final class FileCompressor {

  private static final Logger log = LoggerFactory.getLogger(FileCompressor.class);

  private final LogDirectory directory;
  private final LogFiles files;
  private final Set<String> disputed = new HashSet<>();

  FileCompressor(LogDirectory directory) {
    this.directory = directory;
    this.files = directory.content();
  }

  /**
   * Compresses a file that nobody writes.
   *
   * @throws IOException if it cannot be written or what was written does not read the same; the
   *     original is there still
   */
  void compress(String file) throws IOException {
    Path plain = files.plain(file);
    Path compressed = files.compressed(file);
    if (Files.exists(compressed)) {
      settle(file, plain, compressed);
      return;
    }
    Path fresh = compressed.resolveSibling(compressed.getFileName() + LogFiles.FRESH);
    FileState before = FileState.of(plain);
    try {
      TextDigest original = write(plain, fresh);
      if (!original.equals(TextDigest.ofCompressed(fresh)) || !FileState.of(plain).equals(before)) {
        throw new IOException("What was compressed of " + plain + " does not read the same");
      }
      directory.putInPlace(fresh, compressed);
    } finally {
      Files.deleteIfExists(fresh);
    }
    remove(plain);
    log.info("{} is compressed: {} bytes to {}", file, before.size(), Files.size(compressed));
  }

  /** A crash came between the two last steps, or someone put a file there. */
  private void settle(String file, Path plain, Path compressed) throws IOException {
    if (TextDigest.ofPlain(plain).equals(TextDigest.ofCompressed(compressed))) {
      remove(plain);
    } else if (disputed.add(file)) {
      log.warn(
          "{} and {} are of the same day and differ: the first counts, and neither is changed."
              + " Move one of them away",
          plain,
          compressed);
    }
  }

  private void remove(Path plain) throws IOException {
    Files.delete(plain);
    directory.force();
  }

  private static TextDigest write(Path plain, Path fresh) throws IOException {
    try (LogContent content = LogFiles.openPlain(plain);
        FileChannel channel = LogFiles.create(fresh);
        CompressedWriter writer = new CompressedWriter(channel)) {
      TextDigest digest = TextDigest.of(content, writer::write);
      writer.finish();
      channel.force(true);
      return digest;
    }
  }
}
