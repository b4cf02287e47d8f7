package io.eventagents.audit.log;

import java.util.Optional;

/** The hash that a line says it has: the last thing in it. */
final class StatedChain {

  private static final byte[] KEY = ByteText.ascii(",\"chain\":\"");
  private static final byte[] END = ByteText.ascii("\"}");

  /** Bytes at the end of a line that have it. */
  static final int LENGTH = KEY.length + LineChain.LENGTH + END.length;

  private StatedChain() {}

  /** Empty if the line has none: it was written by an earlier version, or is none. */
  static Optional<String> of(byte[] line) {
    int digits = line.length - END.length - LineChain.LENGTH;
    int key = digits - KEY.length;
    return ByteText.isAt(line, key, line.length, KEY)
            && ByteText.isHex(line, digits, LineChain.LENGTH)
            && ByteText.isAt(line, digits + LineChain.LENGTH, line.length, END)
        ? Optional.of(ByteText.text(line, digits, digits + LineChain.LENGTH))
        : Optional.empty();
  }
}
