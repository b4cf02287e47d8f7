package io.eventagents.audit.verification;

import io.eventagents.audit.log.JsonText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Goes over the JSON of an event: whether it is the object that a line has as {@code event}, and
 * which ids it names. Not thread-safe.
 */
final class EventIds {

  private @Nullable String eventId;
  private @Nullable String causationId;

  /** There is no event. */
  void none() {
    eventId = null;
    causationId = null;
  }

  /** Whether these bytes are one JSON object, no deeper than a line may have it. */
  boolean readEvent(byte[] json, int from, int end) {
    return read(json, from, end, JsonText.DEPTH);
  }

  /** Reads a payload that the line has in Base64, which may be an event of any depth. */
  void readRaw(byte[] payload) {
    if (!JsonText.mayBeObject(payload)
        || !read(payload, JsonText.start(payload), payload.length, Integer.MAX_VALUE)) {
      none();
    }
  }

  private boolean read(byte[] json, int from, int end, int deepest) {
    none();
    try (JsonParser parser = JsonText.parser(json, from, end)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      int depth = 1;
      boolean inMetadata = false;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return false;
        } else if (token == JsonToken.PROPERTY_NAME) {
          if (depth == 1) {
            inMetadata = parser.currentName().equals("metadata");
            if (parser.currentName().equals("event_id")) {
              eventId = text(parser);
              depth += parser.currentToken().isStructStart() ? 1 : 0;
            }
          } else if (depth == 2 && inMetadata && parser.currentName().equals("causation_id")) {
            causationId = text(parser);
            depth += parser.currentToken().isStructStart() ? 1 : 0;
          }
        } else if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        if (depth > deepest) {
          return false;
        }
      }
      return parser.nextToken() == null;
    } catch (JacksonException notJson) {
      return false;
    }
  }

  /** The {@code event_id} of the last event; null if it has none. */
  @Nullable String eventId() {
    return eventId;
  }

  /** The {@code causation_id} of the last event; null if it has none. */
  @Nullable String causationId() {
    return causationId;
  }

  private static @Nullable String text(JsonParser parser) {
    return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
  }
}
