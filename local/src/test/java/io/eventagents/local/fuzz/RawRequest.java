package io.eventagents.local.fuzz;

import java.nio.charset.StandardCharsets;

/**
 * A request as bytes.
 *
 * @param bytes the whole request, head and body
 * @param head whether the answer has no body
 * @param last whether its framing may be broken, so that nothing can follow on the connection
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawRequest(byte[] bytes, boolean head, boolean last) {

  private static final int SHOWN = 2000;

  /** A shell command that sends the same request, shortened if the request is too long to print. */
  public String command(int port) {
    StringBuilder command = new StringBuilder("printf '");
    for (int i = 0; i < Math.min(SHOWN, bytes.length); i++) {
      int each = bytes[i] & 0xff;
      switch (each) {
        case '\r' -> command.append("\\r");
        case '\n' -> command.append("\\n");
        case '%' -> command.append("%%");
        case '\\' -> command.append("\\\\");
        default -> {
          if (each < ' ' || each > '~' || each == '\'') {
            command.append("\\%03o".formatted(each));
          } else {
            command.append((char) each);
          }
        }
      }
    }
    command.append("' | nc -q 5 localhost ").append(port);
    return bytes.length > SHOWN
        ? command + " # shortened: " + bytes.length + " bytes"
        : command.toString();
  }

  @Override
  public String toString() {
    return new String(bytes, 0, Math.min(SHOWN, bytes.length), StandardCharsets.ISO_8859_1);
  }
}
