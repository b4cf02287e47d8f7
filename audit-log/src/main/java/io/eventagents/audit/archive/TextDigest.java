package io.eventagents.audit.archive;

import io.eventagents.Sha256;
import io.eventagents.audit.log.LogContent;
import io.eventagents.audit.log.LogFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What texts, and files as they are, are compared by.
 *
 * @param size in bytes
 * @param sha256 in hexadecimal
 */
record TextDigest(long size, String sha256) {

  private static final int CHUNK = 1024 * 1024;

  static TextDigest ofPlain(Path file) throws IOException {
    try (LogContent content = LogFiles.openPlain(file)) {
      return of(content, (bytes, from, length) -> {});
    }
  }

  static TextDigest ofCompressed(Path file) throws IOException {
    try (LogContent content = LogFiles.openCompressed(file)) {
      return of(content, (bytes, from, length) -> {});
    }
  }

  /** Reads all of the text, and passes it on. */
  static TextDigest of(LogContent content, Sink sink) throws IOException {
    MessageDigest sha256 = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    long size = 0;
    int count;
    while ((count = content.readFully(ByteBuffer.wrap(chunk), size)) > 0) {
      sha256.update(chunk, 0, count);
      sink.write(chunk, 0, count);
      size += count;
    }
    return new TextDigest(size, HexFormat.of().formatHex(sha256.digest()));
  }

  /** Reads all of a stream. */
  static TextDigest of(InputStream stream) throws IOException {
    MessageDigest sha256 = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    long size = 0;
    int count;
    while ((count = stream.read(chunk)) >= 0) {
      sha256.update(chunk, 0, count);
      size += count;
    }
    return new TextDigest(size, HexFormat.of().formatHex(sha256.digest()));
  }

  /** Where text goes. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] bytes, int from, int length) throws IOException;
  }
}
