package io.eventagents.audit.verification;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineFields;
import io.eventagents.audit.log.LineHash;
import io.eventagents.audit.log.MalformedLine;
import io.eventagents.audit.log.PayloadText;
import io.eventagents.audit.log.Utf8;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the payload of a line is the one that its digest is of, and stands there in the one
 * form that it has. Not thread-safe.
 */
final class PayloadCheck {

  private final PayloadText text = new PayloadText();
  private final Utf8 utf8 = new Utf8();
  private final EventIds ids;
  private final LineHash sha256 = new LineHash();
  private final byte[] found = new byte[LineChain.LENGTH];

  /**
   * @param ids takes note of the ids of events
   */
  PayloadCheck(EventIds ids) {
    this.ids = ids;
  }

  /** Checks the payload, which must not be erased. */
  void check(LineFields parts) throws MalformedLine {
    if (parts.payload == LineFields.Payload.EVENT && parts.bytes < 0) {
      checkEventAsItCame(parts);
    } else {
      checkOther(parts);
    }
  }

  private void checkEventAsItCame(LineFields parts) throws MalformedLine {
    sha256.update(parts.line, parts.salt, LineFields.SALT_LENGTH);
    sha256.update(parts.line, parts.value, parts.valueEnd - parts.value);
    compare(parts);
    if (startsWithByteOrderMark(parts)
        || hasCarriageReturn(parts)
        || !utf8.isValid(parts.line, parts.value, parts.valueEnd)
        || !ids.readEvent(parts.line, parts.value, parts.valueEnd)) {
      throw new MalformedLine(
          parts.value,
          "the payload as raw, or with payload_digest.bytes: it is not a JSON object on one line",
          ByteText.excerpt(parts.line, parts.value));
    }
  }

  private void checkOther(LineFields parts) throws MalformedLine {
    byte[] payload = payload(parts);
    sha256.update(parts.line, parts.salt, LineFields.SALT_LENGTH);
    if (payload != null) {
      sha256.update(payload, 0, payload.length);
    }
    compare(parts);
    PayloadText.Rendering rendering = text.of(payload);
    byte[] expected = rendering.bytes();
    if (!stands(rendering, parts) && !stoodFormerly(payload, parts)) {
      throw new MalformedLine(
          parts.headEnd,
          "the payload as "
              + ByteText.excerpt(expected, 1)
              + (rendering.asItCame() ? "" : " with payload_digest.bytes"),
          ByteText.excerpt(parts.line, parts.headEnd + 1)
              + (parts.bytes < 0 ? "" : " with payload_digest.bytes"));
    }
    if (parts.payload == LineFields.Payload.EVENT) {
      ids.readEvent(parts.line, parts.value, parts.valueEnd);
    } else if (payload == null) {
      ids.none();
    } else {
      ids.readRaw(payload);
    }
  }

  private static boolean stands(PayloadText.Rendering rendering, LineFields parts) {
    byte[] expected = rendering.bytes();
    return Arrays.equals(expected, 0, expected.length, parts.line, parts.headEnd, parts.valueEnd)
        && rendering.asItCame() == (parts.bytes < 0);
  }

  /** Earlier versions wrote events with halves of surrogate pairs as JSON too. */
  private boolean stoodFormerly(byte @Nullable [] payload, LineFields parts) {
    if (payload == null || parts.payload != LineFields.Payload.EVENT) {
      return false;
    }
    PayloadText.Rendering formerly = text.asEvent(payload);
    return formerly != null && stands(formerly, parts);
  }

  private static byte @Nullable [] payload(LineFields parts) throws MalformedLine {
    boolean asBytes = parts.bytes >= 0;
    if (parts.payload == LineFields.Payload.NONE && !asBytes) {
      return null;
    }
    int from = asBytes ? parts.bytes : parts.value + 1;
    int end = asBytes ? parts.bytesEnd : parts.valueEnd - 1;
    byte[] encoded = Arrays.copyOfRange(parts.line, from, end);
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      if (Arrays.equals(Base64.getEncoder().encode(decoded), encoded)) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // The same as other Base64 than the writer's.
    }
    throw new MalformedLine(
        from, "Base64 (RFC 4648, section 4, padded)", ByteText.excerpt(parts.line, from));
  }

  private void compare(LineFields parts) throws MalformedLine {
    sha256.write(found, 0);
    int end = parts.digest + found.length;
    if (!Arrays.equals(parts.line, parts.digest, end, found, 0, found.length)) {
      throw new MalformedLine(
          parts.value,
          "a payload with the digest " + ByteText.text(parts.line, parts.digest, end),
          "one with " + ByteText.text(found, 0, found.length));
    }
  }

  /** A reader of JSON may take it for white space; the writer leaves it out. */
  private static boolean startsWithByteOrderMark(LineFields parts) {
    return parts.line[parts.value] == (byte) 0xEF;
  }

  private static boolean hasCarriageReturn(LineFields parts) {
    return ByteText.first(parts.line, parts.value, parts.valueEnd, (byte) '\r') >= 0;
  }
}
