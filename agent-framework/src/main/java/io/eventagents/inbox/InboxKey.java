package io.eventagents.inbox;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An event id as the table holds it. Foreign ids may be anything: one that is too long for an index
 * or has characters that a database refuses is stored as its digest, so that it cannot fail the
 * batch it came with.
 */
record InboxKey(String value) {

  private static final String DIGEST = "sha-256:";
  private static final int LONGEST = 200;

  static InboxKey of(String eventId) {
    return new InboxKey(isPlain(eventId) ? eventId : digest(eventId));
  }

  private static boolean isPlain(String eventId) {
    return eventId.length() <= LONGEST
        && !eventId.startsWith(DIGEST)
        && eventId.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static String digest(String eventId) {
    // Char by char: an encoder would take all unpaired surrogates for the same.
    ByteBuffer chars = ByteBuffer.allocate(eventId.length() * Character.BYTES);
    eventId.chars().forEach(c -> chars.putChar((char) c));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(chars.array());
      return DIGEST + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
