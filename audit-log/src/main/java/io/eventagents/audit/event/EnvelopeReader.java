package io.eventagents.audit.event;

import io.eventagents.EventTime;
import io.eventagents.audit.log.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the envelope of an event by the rules by which agents read it, tolerantly: what is unknown,
 * blank or of another form than expected is left. Of a repeated name the last counts, as with most
 * readers, but of {@code event_type} the first, at which agents stop. Where the JSON breaks off,
 * what stands before still tells whose the record is. Numbers and texts of the data stay as they
 * were sent.
 */
final class EnvelopeReader {

  private final byte[] json;
  private final JsonParser parser;
  private final Consumer<JsonParser> dataReader;

  private @Nullable String eventId;
  private @Nullable String eventType;
  private boolean hasType;
  private @Nullable Instant occurredAt;
  private @Nullable String unreadableTime;
  private @Nullable String correlationId;
  private @Nullable String causationId;
  private @Nullable String source;
  private @Nullable String metadata;
  private @Nullable String data;

  private EnvelopeReader(byte[] json, JsonParser parser, Consumer<JsonParser> dataReader) {
    this.json = json;
    this.parser = parser;
    this.dataReader = dataReader;
  }

  /**
   * Reads what there is; {@link Envelope#NONE} where the payload is no JSON object.
   *
   * @param data reads the data, to their last token
   */
  static Envelope read(byte[] payload, Consumer<JsonParser> data) {
    byte[] json = Utf8Json.of(payload);
    try (JsonParser parser = JsonText.parser(json)) {
      EnvelopeReader reader = new EnvelopeReader(json, parser, data);
      try {
        return reader.read();
      } catch (JacksonException broken) {
        return reader.withoutData();
      }
    }
  }

  private Envelope read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return Envelope.NONE;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "event_id" -> eventId = text();
        case "event_type" -> {
          String type = text();
          eventType = hasType ? eventType : type;
          hasType = true;
        }
        case "occurred_at" -> readTime();
        case "data" -> readData();
        case "metadata" -> readMetadata();
        default -> parser.skipChildren();
      }
    }
    return parser.nextToken() == null ? envelope() : withoutData();
  }

  private Envelope envelope() {
    return new Envelope(
        eventId,
        eventType,
        occurredAt,
        unreadableTime,
        correlationId,
        causationId,
        source,
        metadata,
        data);
  }

  /** What is left of one that breaks off: whose it is. */
  private Envelope withoutData() {
    metadata = null;
    data = null;
    return envelope();
  }

  private void readTime() {
    JsonToken token = parser.currentToken();
    boolean isNull = token == JsonToken.VALUE_NULL;
    String written = isNull ? null : token.isScalarValue() ? parser.getString() : token.asString();
    occurredAt =
        token == JsonToken.VALUE_STRING && written != null ? EventTime.read(written) : null;
    unreadableTime = occurredAt == null ? written : null;
    parser.skipChildren();
  }

  private void readData() {
    int start = JsonText.tokenStart(parser);
    dataReader.accept(parser);
    data = text(start, JsonText.valueEnd(parser));
  }

  /** As with agents, one that breaks off says nothing. */
  private void readMetadata() {
    String correlation = null;
    String causation = null;
    String publisher = null;
    int start = JsonText.tokenStart(parser);
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "correlation_id" -> correlation = text();
          case "causation_id" -> causation = text();
          case "source" -> publisher = text();
          default -> parser.skipChildren();
        }
      }
    }
    metadata = text(start, JsonText.valueEnd(parser));
    correlationId = correlation;
    causationId = causation;
    source = publisher;
  }

  /** What a field says; null if it is no text, or blank: as if it were not there. */
  private @Nullable String text() {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      parser.skipChildren();
      return null;
    }
    String text = parser.getString();
    return text.isBlank() ? null : text;
  }

  private String text(int from, int to) {
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }
}
