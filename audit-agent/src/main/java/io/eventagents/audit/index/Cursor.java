package io.eventagents.audit.index;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page ends: the last record that it shows. Its text is opaque to clients.
 *
 * @param occurredAt in microseconds at most
 */
public record Cursor(Instant occurredAt, UUID topicId, String topic, int partition, long offset) {

  private static final String VERSION = "1";

  /** The cursor after this record. */
  public static Cursor after(FoundRecord record) {
    return new Cursor(
        record.occurredAt(),
        record.topicUuid(),
        record.topic(),
        record.partition(),
        record.offset());
  }

  /**
   * Reads a text that {@link #text()} made.
   *
   * @throws IllegalArgumentException where it was made by something else
   */
  public static Cursor parse(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length != 6 || !parts[0].equals(VERSION) || !parts[3].matches("[\\w.-]{1,249}")) {
        throw new IllegalArgumentException("not a cursor of this version");
      }
      return new Cursor(
          Instant.parse(parts[1]),
          UUID.fromString(parts[2]),
          parts[3],
          Integer.parseInt(parts[4]),
          Long.parseLong(parts[5]));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a cursor", e);
    }
  }

  /** For the next request, as is. */
  public String text() {
    String text =
        "%s %s %s %s %d %d".formatted(VERSION, occurredAt, topicId, topic, partition, offset);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
