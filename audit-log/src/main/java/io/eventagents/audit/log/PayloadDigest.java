package io.eventagents.audit.log;

import io.eventagents.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Salted SHA-256 of the payload as it came: of the salt's 32 hexadecimal digits, as they stand in
 * the line, followed by the payload. The salt keeps a digest whose payload was erased from being
 * guessed. Not thread-safe.
 */
final class PayloadDigest {

  private static final byte[] SALT = ByteText.ascii("\"salt\":\"");
  private static final byte[] HASH = ByteText.ascii("\",\"sha256\":\"");
  private static final int SALT_BYTES = 16;
  private static final int SALTS_AT_ONCE = 256;

  private final SecureRandom random = new SecureRandom();
  private final byte[] salts = new byte[SALT_BYTES * SALTS_AT_ONCE];
  private int nextSalt = SALTS_AT_ONCE;
  private final MessageDigest sha256 = Sha256.start();
  private final byte[] hash = new byte[LineChain.LENGTH / 2];

  /**
   * @return where the digits of the digest start
   */
  int write(byte @Nullable [] payload, LineBuffer line) {
    if (nextSalt == SALTS_AT_ONCE) {
      random.nextBytes(salts);
      nextSalt = 0;
    }
    line.verbatim(SALT);
    int salt = line.length();
    line.hex(salts, SALT_BYTES * nextSalt++, SALT_BYTES).digest(salt, sha256);
    if (payload != null) {
      sha256.update(payload);
    }
    try {
      sha256.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
    line.verbatim(HASH);
    int digits = line.length();
    line.hex(hash, 0, hash.length).ascii('"');
    return digits;
  }
}
