package io.eventagents;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The ids of emitted events: UUIDs of version 5 (RFC 9562, section 5.5), so that a repeat emits the
 * same id.
 *
 * <p>The name is {@code agent LF causing event id LF event type LF ordinal}, the namespace {@value
 * #NAMESPACE}. Programs in other languages derive the same id from the same parts, in UTF-8. An
 * unpaired surrogate has the three bytes that it would have as a character, as with Python's {@code
 * surrogatepass}.
 */
public final class EventIds {

  /** The namespace of derived event ids. */
  public static final String NAMESPACE = "7b1a3c0e-52f4-5d0a-9b7e-1f6c2f0a4e11";

  /** Never digested itself: a copy costs less than to look for the algorithm again. */
  private static final MessageDigest OF_NAMESPACE = ofNamespace();

  private EventIds() {}

  /**
   * The id of the event that an agent emits because of another.
   *
   * @param agent the name of the agent, or of the publisher
   * @param causeId the id of the causing event
   * @param eventType the type of the emitted event
   * @param ordinal which of several events of that type, from 0
   */
  public static String derive(String agent, String causeId, String eventType, int ordinal) {
    MessageDigest sha1 = copyOfNamespace();
    sha1.update(utf8(agent + '\n' + causeId + '\n' + eventType + '\n' + ordinal));
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /**
   * An unpaired surrogate, which JSON may hold, has the three bytes of its number: the encoder of
   * the platform makes the same question mark of all of them, and so different causes the same.
   */
  private static byte[] utf8(String name) {
    if (!hasSurrogate(name)) {
      return name.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * name.length());
    name.codePoints()
        .forEach(
            point ->
                bytes.writeBytes(
                    Character.getType(point) == Character.SURROGATE
                        ? new byte[] {
                          (byte) (0xE0 | (point >> 12)),
                          (byte) (0x80 | ((point >> 6) & 0x3F)),
                          (byte) (0x80 | (point & 0x3F))
                        }
                        : Character.toString(point).getBytes(StandardCharsets.UTF_8)));
    return bytes.toByteArray();
  }

  private static boolean hasSurrogate(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static MessageDigest copyOfNamespace() {
    try {
      return (MessageDigest) OF_NAMESPACE.clone();
    } catch (CloneNotSupportedException e) {
      // A security provider need not support it.
      return ofNamespace();
    }
  }

  private static MessageDigest ofNamespace() {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(HexFormat.of().parseHex(NAMESPACE.replace("-", "")));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
