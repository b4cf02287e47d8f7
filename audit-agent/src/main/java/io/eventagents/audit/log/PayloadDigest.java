package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Salted SHA-256 of the payload as it came: of the salt's 32 hexadecimal digits, as they stand in
 * the line, followed by the payload. The salt keeps a digest whose payload was erased from being
 * guessed. Not thread-safe.
 */
final class PayloadDigest {

  private static final int SALT_BYTES = 16;
  private static final int SALTS_AT_ONCE = 256;

  private final SecureRandom random = new SecureRandom();
  private final byte[] salts = new byte[SALT_BYTES * SALTS_AT_ONCE];
  private int nextSalt = SALTS_AT_ONCE;
  private final MessageDigest sha256 = sha256();

  /**
   * @return where the digits of the digest start
   */
  int write(byte @Nullable [] payload, LineBuffer line) {
    String salt = salt();
    sha256.update(salt.getBytes(StandardCharsets.US_ASCII));
    if (payload != null) {
      sha256.update(payload);
    }
    line.ascii("\"salt\":\"").ascii(salt).ascii("\",\"sha256\":").hex(sha256.digest());
    return line.length() - 1 - LineChain.LENGTH;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private String salt() {
    if (nextSalt == SALTS_AT_ONCE) {
      random.nextBytes(salts);
      nextSalt = 0;
    }
    int from = SALT_BYTES * nextSalt++;
    return HexFormat.of().formatHex(salts, from, from + SALT_BYTES);
  }
}
