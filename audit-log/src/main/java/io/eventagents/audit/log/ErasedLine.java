package io.eventagents.audit.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line without its payload: as long as before, so that no position moves, with the digest of the
 * payload, which the chain of lines covers, and the id of the erasure.
 */
public final class ErasedLine {

  private static final byte[] BEFORE_DIGEST =
      ByteText.ascii(",\"raw\":null,\"payload_digest\":{\"sha256\":\"");
  private static final String BEFORE_ID = "\",\"erased\":\"";

  private ErasedLine() {}

  /**
   * What remains of a line.
   *
   * @param line without its line feed
   * @param erasure 22 characters of ASCII
   * @throws MalformedLine if it is not a line of the log
   */
  public static byte[] of(byte[] line, String erasure) throws MalformedLine {
    LineParts parts = LineParts.of(line);
    byte[] afterDigest = ByteText.ascii(BEFORE_ID + erasure + "\"}");
    int taken = BEFORE_DIGEST.length + LineParts.DIGEST_LENGTH + afterDigest.length;
    if (parts == null || parts.headEnd() + taken > parts.rest()) {
      throw new MalformedLine("expected a payload with its digest", null);
    }
    byte[] erased = line.clone();
    int at = parts.headEnd();
    System.arraycopy(BEFORE_DIGEST, 0, erased, at, BEFORE_DIGEST.length);
    at += BEFORE_DIGEST.length;
    System.arraycopy(line, parts.digest(), erased, at, LineParts.DIGEST_LENGTH);
    at += LineParts.DIGEST_LENGTH;
    System.arraycopy(afterDigest, 0, erased, at, afterDigest.length);
    at += afterDigest.length;
    Arrays.fill(erased, at, parts.rest(), (byte) ' ');
    return erased;
  }

  /** The hash in the chain of lines that a line says it has; null if it has none. */
  public static @Nullable String chain(byte[] line) {
    return StatedChain.of(line).orElse(null);
  }
}
