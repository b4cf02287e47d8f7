package io.eventagents.audit.log;

import java.security.SecureRandom;
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
  private final LineHash hash = new LineHash();

  /**
   * @return where the digits of the digest start
   */
  int write(byte @Nullable [] payload, LineBuffer line) {
    if (nextSalt == SALTS_AT_ONCE) {
      random.nextBytes(salts);
      nextSalt = 0;
    }
    line.verbatim(LineKeys.SALT);
    int salt = line.length();
    line.hex(salts, SALT_BYTES * nextSalt++, SALT_BYTES).hash(salt, hash);
    if (payload != null) {
      hash.update(payload, 0, payload.length);
    }
    int digits = line.verbatim(LineKeys.NEXT_SHA256).length();
    line.hash(hash);
    return digits;
  }
}
