package io.eventagents.audit.log;

import io.eventagents.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * A SHA-256 in the hexadecimal digits that lines have, made for line after line without garbage.
 * Not thread-safe.
 */
public final class LineHash {

  private final MessageDigest sha256 = Sha256.start();
  private final byte[] hash = new byte[LineChain.LENGTH / 2];

  /** Takes in some bytes. */
  public void update(byte[] bytes, int from, int count) {
    sha256.update(bytes, from, count);
  }

  /** Writes the digits of all that was taken in, and begins anew. */
  public void write(byte[] into, int at) {
    try {
      sha256.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
    ByteText.hex(hash, 0, hash.length, into, at);
  }
}
