package io.eventagents.audit.console;

import io.eventagents.audit.log.JsonText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What of a line its check needs. The event is passed over, not read: a number in it may have a
 * million digits.
 *
 * @param raw in Base64; null where there is none
 * @param salt empty where there is none
 * @param sha256 empty where there is none
 * @param bytes in Base64, where the event stands in another form than it came
 * @param erasure that erased the payload
 */
record LineToCheck(
    String topicId,
    int partition,
    long offset,
    boolean hasEvent,
    @Nullable String raw,
    String salt,
    String sha256,
    @Nullable String bytes,
    @Nullable String erasure) {

  /**
   * Reads a line.
   *
   * @throws tools.jackson.core.JacksonException where it is no JSON
   */
  static LineToCheck read(byte[] line) {
    try (JsonParser parser = JsonText.parser(line)) {
      return new Reading(parser).line();
    }
  }

  private static final class Reading {

    private final JsonParser parser;
    private String topicId = "";
    private int partition = -1;
    private long offset = -1;
    private boolean hasEvent;
    private @Nullable String raw;
    private String salt = "";
    private String sha256 = "";
    private @Nullable String bytes;
    private @Nullable String erasure;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    LineToCheck line() {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          JsonToken token = parser.nextToken();
          switch (name) {
            case "topic_id" -> topicId = text("");
            case "partition" -> partition = parser.getValueAsInt(-1);
            case "offset" -> offset = parser.getValueAsLong(-1);
            case "event" -> hasEvent = true;
            case "raw" -> raw = token == JsonToken.VALUE_STRING ? parser.getString() : null;
            case "payload_digest" -> readDigest();
            default -> {
              // What is not checked here.
            }
          }
          parser.skipChildren();
        }
      }
      while (parser.nextToken() != null) {
        // All of it has to be JSON.
      }
      return new LineToCheck(
          topicId, partition, offset, hasEvent, raw, salt, sha256, bytes, erasure);
    }

    private void readDigest() {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        return;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "salt" -> salt = text("");
          case "sha256" -> sha256 = text("");
          case "bytes" -> bytes = text("");
          case "erased" -> erasure = text("");
          default -> parser.skipChildren();
        }
      }
    }

    private String text(String otherwise) {
      return parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString() : otherwise;
    }
  }
}
