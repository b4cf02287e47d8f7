package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The hash that a line says it has: the last thing in it. */
final class StatedChain {

  private static final byte[] KEY = ",\"chain\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

  /** Bytes at the end of a line that have it. */
  static final int LENGTH = KEY.length + LineChain.LENGTH + END.length;

  private StatedChain() {}

  /** Empty where the line has none: it was written by an earlier version, or is none. */
  static Optional<String> of(byte[] line) {
    int digits = line.length - END.length - LineChain.LENGTH;
    int key = digits - KEY.length;
    if (key < 0
        || !Arrays.equals(line, key, digits, KEY, 0, KEY.length)
        || !Arrays.equals(line, line.length - END.length, line.length, END, 0, END.length)) {
      return Optional.empty();
    }
    for (int i = digits; i < digits + LineChain.LENGTH; i++) {
      boolean isDigit = (line[i] >= '0' && line[i] <= '9') || (line[i] >= 'a' && line[i] <= 'f');
      if (!isDigit) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(line, digits, LineChain.LENGTH, StandardCharsets.US_ASCII));
  }
}
