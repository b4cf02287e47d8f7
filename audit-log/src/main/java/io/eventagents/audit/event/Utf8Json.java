package io.eventagents.audit.event;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON in UTF-8. Agents also read it behind a byte order mark, and in UTF-16 and UTF-32, which its
 * first characters tell: one of them is a brace, so the zeros around it show the width.
 */
final class Utf8Json {

  private static final int SHORTEST = 4;

  private Utf8Json() {}

  /** The same JSON; the same bytes where they are UTF-8 without a mark, as nearly all are. */
  static byte[] of(byte[] json) {
    if (json.length < SHORTEST || (json[0] > 0 && json[1] != 0)) {
      return json;
    }
    if (isMark(json, 0xEF, 0xBB, 0xBF)) {
      return Arrays.copyOfRange(json, 3, json.length);
    }
    Charset charset = charset(json);
    if (charset == null) {
      return json;
    }
    String text = new String(json, charset);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Charset charset(byte[] json) {
    if (isMark(json, 0, 0, 0xFE, 0xFF) || (json[0] == 0 && json[1] == 0 && json[2] == 0)) {
      return Charset.forName("UTF-32BE");
    }
    if (isMark(json, 0xFF, 0xFE, 0, 0) || (json[1] == 0 && json[2] == 0 && json[3] == 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (isMark(json, 0xFE, 0xFF) || json[0] == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return isMark(json, 0xFF, 0xFE) || json[1] == 0 ? StandardCharsets.UTF_16LE : null;
  }

  private static boolean isMark(byte[] json, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (json[i] != (byte) mark[i]) {
        return false;
      }
    }
    return true;
  }
}
