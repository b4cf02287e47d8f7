package io.eventagents.audit.secondverifier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 in its one form: RFC 4648 section 4, padded, no line breaks, unused bits zero (section "A
 * line").
 */
final class Base64Text {

  private Base64Text() {}

  static Optional<byte[]> decode(byte[] text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Arrays.equals(Base64.getEncoder().encode(bytes), text)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<byte[]> decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }
}
