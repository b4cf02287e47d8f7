package io.eventagents.wire;

import static io.eventagents.EventHeaders.CAUSATION_ID;
import static io.eventagents.EventHeaders.CORRELATION_ID;
import static io.eventagents.EventHeaders.EVENT_ID;
import static io.eventagents.EventHeaders.EVENT_TYPE;
import static io.eventagents.EventHeaders.SOURCE;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads events from records, tolerantly: unknown fields are ignored, missing metadata starts a new
 * chain whose correlation id is the event id, a missing time is the record's. Thread-safe.
 */
public final class EventReader {

  private static final String NO_EVENT_ID = "event_id is missing";

  /**
   * Ids stand several times in what an event causes, which must not be larger than brokers take.
   */
  private static final int LONGEST_ID = 16_384;

  private final JsonMapper json = EventJson.mapper();
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  /**
   * Tells whom a record is addressed to: by its header without a look at the body, where it has
   * one.
   */
  public Routing route(ConsumerRecord<byte[], byte[]> record, PayloadTypes types) {
    Header header = record.headers().lastHeader(EVENT_TYPE);
    if (header != null && header.value() != null && header.value().length > 0) {
      PayloadType type = types.namedBy(header.value());
      return type == null ? Routing.NotAddressed.OTHER_TYPE : new Routing.Addressed(type);
    }
    String eventType = eventTypeInBody(record.value());
    if (eventType == null) {
      return Routing.NotAddressed.UNREADABLE;
    }
    return types
        .named(eventType)
        .<Routing>map(Routing.Addressed::new)
        .orElse(Routing.NotAddressed.OTHER_TYPE);
  }

  private @Nullable String eventTypeInBody(byte @Nullable [] body) {
    if (body == null) {
      return null;
    }
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isType = EVENT_TYPE.equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (isType) {
          return value == JsonToken.VALUE_STRING ? parser.getString() : null;
        }
        parser.skipChildren();
      }
      return null;
    } catch (JacksonException e) {
      // No readable type is an answer, not a failure: the record is addressed to nobody, counted,
      // and audited.
      return null;
    }
  }

  /**
   * Reads an event as the given payload.
   *
   * @throws MalformedEvent where it is no event or its data does not fit the payload record
   */
  public Event<?> read(ConsumerRecord<byte[], byte[]> record, PayloadType type)
      throws MalformedEvent {
    if (record.value() == null) {
      throw new MalformedEvent("The record has no value");
    }
    try (JsonParser parser = json.createParser(record.value())) {
      return readEnvelope(record, type, parser);
    } catch (StreamConstraintsException e) {
      throw new MalformedEvent("The value is beyond a limit: " + e.getOriginalMessage(), e);
    } catch (JacksonException e) {
      // Its message quotes the value.
      throw new MalformedEvent("The value is not JSON" + position(e), e);
    }
  }

  private static String position(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null || at.getByteOffset() < 0 ? "" : ", at byte " + at.getByteOffset();
  }

  private Event<?> readEnvelope(
      ConsumerRecord<byte[], byte[]> record, PayloadType type, JsonParser parser)
      throws MalformedEvent {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedEvent("The value is no JSON object");
    }
    String eventId = null;
    Instant occurredAt = null;
    Object data = null;
    EventMetadata metadata = EMPTY;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "event_id" -> eventId = text(parser, value, name);
        case "occurred_at" -> occurredAt = instant(text(parser, value, name));
        case "data" -> data = value == JsonToken.VALUE_NULL ? null : data(record, type, parser);
        case "metadata" -> metadata = metadata(parser, value);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedEvent("The value is not one JSON object: something follows it");
    }
    if (eventId == null) {
      eventId = header(record, EVENT_ID);
    }
    if (eventId == null || eventId.isBlank()) {
      throw new MalformedEvent(NO_EVENT_ID);
    }
    if (data == null) {
      throw new MalformedEvent("data is missing");
    }
    EventMetadata completed = complete(metadata, record, eventId);
    refuseLong(EVENT_ID, eventId);
    refuseLong(CORRELATION_ID, completed.correlationId());
    return new Event<>(
        eventId,
        type.eventType(),
        occurredAt == null ? Instant.ofEpochMilli(Math.max(0, record.timestamp())) : occurredAt,
        data,
        completed);
  }

  private static void refuseLong(String name, String id) throws MalformedEvent {
    if (isLong(id)) {
      throw new MalformedEvent(
          name + " must have at most " + LONGEST_ID + " characters, and has " + id.length());
    }
  }

  private static boolean isLong(@Nullable String id) {
    return id != null && id.length() > LONGEST_ID;
  }

  private static final EventMetadata EMPTY = new EventMetadata("", "", "");

  private static EventMetadata complete(
      EventMetadata read, ConsumerRecord<byte[], byte[]> record, String eventId) {
    String correlationId = firstPresent(read.correlationId(), record, CORRELATION_ID);
    return new EventMetadata(
        correlationId.isEmpty() ? eventId : correlationId,
        firstPresent(read.causationId(), record, CAUSATION_ID),
        firstPresent(read.source(), record, SOURCE));
  }

  private static String firstPresent(
      String read, ConsumerRecord<byte[], byte[]> record, String header) {
    if (!read.isEmpty()) {
      return read;
    }
    String repeated = header(record, header);
    return repeated == null ? "" : repeated;
  }

  private Object data(ConsumerRecord<byte[], byte[]> record, PayloadType type, JsonParser parser)
      throws MalformedEvent {
    try {
      return readers.computeIfAbsent(type.recordClass(), json::readerFor).readValue(parser);
    } catch (DatabindException | InputCoercionException e) {
      // The id may stand behind the data. That it is no event at all is the graver fault.
      throw new MalformedEvent(
          identify(record).eventId() == null ? NO_EVENT_ID : Misfit.of(e).reason(type), e);
    }
  }

  private static EventMetadata metadata(JsonParser parser, JsonToken start) {
    if (start != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return EMPTY;
    }
    String correlationId = "";
    String causationId = "";
    String source = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
      switch (name) {
        case CORRELATION_ID -> correlationId = isText ? parser.getString() : "";
        case CAUSATION_ID -> causationId = isText ? parser.getString() : "";
        case SOURCE -> source = isText ? parser.getString() : "";
        default -> {}
      }
      parser.skipChildren();
    }
    return new EventMetadata(correlationId, causationId, source);
  }

  private static @Nullable String text(JsonParser parser, JsonToken value, String name)
      throws MalformedEvent {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw new MalformedEvent(name + " is no string");
    }
    return parser.getString();
  }

  private static @Nullable Instant instant(@Nullable String text) throws MalformedEvent {
    if (text == null) {
      return null;
    }
    try {
      return WireTime.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedEvent("occurred_at is no time in ISO 8601 with an offset", e);
    }
  }

  /**
   * Tells which event and chain a record belongs to, as far as it says, for one that cannot be read
   * as an event: by its headers, else by as much of its body as is JSON. An id that is too long for
   * an event is none.
   */
  public RecordIdentity identify(ConsumerRecord<byte[], byte[]> record) {
    RecordIdentity said = identityOf(record);
    String eventId = isLong(said.eventId()) ? null : said.eventId();
    return new RecordIdentity(
        eventId, isLong(said.correlationId()) ? eventId : said.correlationId());
  }

  private RecordIdentity identityOf(ConsumerRecord<byte[], byte[]> record) {
    String eventId = header(record, EVENT_ID);
    String correlationId = header(record, CORRELATION_ID);
    if ((eventId == null || correlationId == null) && record.value() != null) {
      try (JsonParser parser = json.createParser(record.value())) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (EVENT_ID.equals(name) && value == JsonToken.VALUE_STRING && eventId == null) {
            eventId = parser.getString().isBlank() ? null : parser.getString();
          } else if ("metadata".equals(name)) {
            String read = metadata(parser, value).correlationId();
            correlationId = correlationId == null && !read.isEmpty() ? read : correlationId;
          } else {
            parser.skipChildren();
          }
        }
      } catch (JacksonException e) {
        // What was read before the JSON broke still tells whose it is.
        return new RecordIdentity(eventId, correlationId == null ? eventId : correlationId);
      }
    }
    return new RecordIdentity(eventId, correlationId == null ? eventId : correlationId);
  }

  /** What the headers say of a record, for those that cannot be read as an event. */
  public static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null || header.value().length == 0) {
      return null;
    }
    String text = new String(header.value(), StandardCharsets.UTF_8);
    // Old Spring producers write strings as JSON.
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    return text.isEmpty() ? null : text;
  }
}
