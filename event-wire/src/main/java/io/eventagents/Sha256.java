package io.eventagents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256, which every Java platform has. Thread-safe; what {@link #start} returns is not.
 *
 * <pre>{@code
 * String digest = Sha256.hex("what is looked for");
 *
 * MessageDigest sha256 = Sha256.start();   // of what comes bit by bit
 * sha256.update(part);
 * byte[] whole = sha256.digest();
 * }</pre>
 */
public final class Sha256 {

  private Sha256() {}

  /** A new digest, of nothing yet. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The digest of the parts, one after the other. */
  public static byte[] of(byte[]... parts) {
    MessageDigest sha256 = start();
    for (byte[] part : parts) {
      sha256.update(part);
    }
    return sha256.digest();
  }

  /** The digest of the parts, one after the other, in 64 small hexadecimal digits. */
  public static String hex(byte[]... parts) {
    return HexFormat.of().formatHex(of(parts));
  }

  /** The digest of a text in UTF-8, in 64 small hexadecimal digits. */
  public static String hex(String text) {
    return hex(text.getBytes(UTF_8));
  }
}
