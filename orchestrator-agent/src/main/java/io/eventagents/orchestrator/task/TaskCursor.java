package io.eventagents.orchestrator.task;

import io.eventagents.http.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where the next page of a list begins: after the task at this position. Clients send it back
 * unchanged; its content may change.
 */
public record TaskCursor(long position) {

  /** Before the first task; lists begin with the newest. */
  public static final TaskCursor START = new TaskCursor(Long.MAX_VALUE);

  private static final String VERSION = "1:";
  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

  public String encoded() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((VERSION + position).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor.
   *
   * @throws InvalidRequest if it is not one of ours
   */
  public static TaskCursor decode(String encoded) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII);
      String position = text.startsWith(VERSION) ? text.substring(VERSION.length()) : "";
      if (DIGITS.matcher(position).matches()) {
        return new TaskCursor(Long.parseLong(position));
      }
    } catch (IllegalArgumentException malformed) {
      // The error below says what it must be.
    }
    throw new InvalidRequest("cursor", "must be the next_cursor of a page before");
  }
}
