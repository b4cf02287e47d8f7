package io.eventagents.audit.index;

import io.eventagents.audit.log.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the envelope of an event, tolerantly: what is unknown or of another form than expected is
 * left. Of a repeated name the last counts, as with most readers. Numbers and texts of the data
 * stay as they were sent.
 */
final class EnvelopeReader {

  private final byte[] json;
  private final JsonParser parser;

  private @Nullable String eventId;
  private @Nullable String eventType;
  private @Nullable String occurredAt;
  private @Nullable String correlationId;
  private @Nullable String causationId;
  private @Nullable String source;
  private @Nullable String metadata;
  private @Nullable String data;
  private Terms terms = Terms.NONE;

  private EnvelopeReader(byte[] json, JsonParser parser) {
    this.json = json;
    this.parser = parser;
  }

  /** Returns {@link Envelope#NONE} where the payload is not one JSON object. */
  static Envelope read(byte[] payload) {
    try (JsonParser parser = JsonText.parser(payload)) {
      return new EnvelopeReader(payload, parser).read();
    } catch (JacksonException noEvent) {
      return Envelope.NONE;
    }
  }

  private Envelope read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return Envelope.NONE;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "event_id" -> eventId = scalar();
        case "event_type" -> eventType = scalar();
        case "occurred_at" -> occurredAt = scalar();
        case "data" -> readData();
        case "metadata" -> readMetadata();
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      return Envelope.NONE;
    }
    return new Envelope(
        eventId, eventType, occurredAt, correlationId, causationId, source, metadata, data, terms);
  }

  private void readData() {
    int start = start();
    terms = new TermsReader(parser).read();
    data = text(start, afterValue());
  }

  private void readMetadata() {
    correlationId = null;
    causationId = null;
    source = null;
    int start = start();
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "correlation_id" -> correlationId = scalar();
          case "causation_id" -> causationId = scalar();
          case "source" -> source = scalar();
          default -> parser.skipChildren();
        }
      }
    }
    metadata = text(start, afterValue());
  }

  /** A string or a number as text; null for anything else, and for a text of nothing. */
  private @Nullable String scalar() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      String text = parser.getString();
      return text.isBlank() ? null : text;
    }
    parser.skipChildren();
    return null;
  }

  private int start() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private int afterValue() {
    parser.skipChildren();
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  private String text(int from, int to) {
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }
}
