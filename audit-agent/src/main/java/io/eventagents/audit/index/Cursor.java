package io.eventagents.audit.index;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The end of a page: the last record that it shows. Its text is opaque to clients.
 *
 * @param number the number of the record in the index
 */
public record Cursor(Instant occurredAt, long number) {

  private static final String VERSION = "1";

  /** The cursor after this record. */
  public static Cursor after(FoundRecord record) {
    return new Cursor(record.occurredAt(), record.number());
  }

  /**
   * Reads a text that {@link #text()} made.
   *
   * @throws IllegalArgumentException if something else made it
   */
  public static Cursor parse(String text) {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length != 3 || !parts[0].equals(VERSION)) {
        throw new IllegalArgumentException("not a cursor of this version");
      }
      return new Cursor(StorableTime.of(Instant.parse(parts[1])), Long.parseLong(parts[2]));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a cursor", e);
    }
  }

  /** The text for the next request. */
  public String text() {
    byte[] text = (VERSION + " " + occurredAt + " " + number).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }
}
