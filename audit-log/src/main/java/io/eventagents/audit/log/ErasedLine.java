package io.eventagents.audit.log;

import java.util.Arrays;

/**
 * A line without its payload: as long as before, so that no position moves, with the digest of the
 * payload, which the chain of lines covers, and the id of the erasure.
 */
public final class ErasedLine {

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
    if (parts == null) {
      throw new MalformedLine("a payload with its digest", null);
    }
    byte[] instead =
        new LineBuffer(256)
            .verbatim(LineKeys.RAW)
            .verbatim(LineKeys.NULL)
            .verbatim(LineKeys.PAYLOAD_DIGEST)
            .verbatim(LineKeys.SHA256)
            .ascii(ByteText.text(line, parts.digest(), parts.digest() + LineChain.LENGTH))
            .verbatim(LineKeys.ERASED)
            .ascii(erasure)
            .verbatim(LineKeys.END)
            .copy();
    int end = parts.headEnd() + instead.length;
    if (end > parts.rest()) {
      throw new MalformedLine("a payload with its digest", null);
    }
    byte[] erased = line.clone();
    System.arraycopy(instead, 0, erased, parts.headEnd(), instead.length);
    Arrays.fill(erased, end, parts.rest(), (byte) ' ');
    return erased;
  }
}
