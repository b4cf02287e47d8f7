package io.eventagents.wire;

import static io.eventagents.EventHeaders.CAUSATION_ID;
import static io.eventagents.EventHeaders.CORRELATION_ID;
import static io.eventagents.EventHeaders.EVENT_ID;
import static io.eventagents.EventHeaders.EVENT_TYPE;
import static io.eventagents.EventHeaders.SOURCE;

import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventMetadata;
import io.eventagents.EventTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
 * chain whose correlation id is the event id, a missing or unreadable time is the record's. Of a
 * name that the envelope repeats the last counts. Thread-safe.
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
    byte[] named = EventHeaders.value(record.headers(), EVENT_TYPE);
    if (named != null && named.length > 0) {
      PayloadType type = types.namedBy(named);
      if (type != null) {
        return new Routing.Addressed(type);
      }
      if (isPlain(named) || EventHeaders.read(named) != null) {
        return Routing.NotAddressed.OTHER_TYPE;
      }
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

  /** Whether it says something for certain, so that it need not be decoded to know. */
  private static boolean isPlain(byte[] header) {
    for (byte character : header) {
      if (character <= ' ' || character == '"') {
        return false;
      }
    }
    return true;
  }

  /** The first of its name: nobody reads what is behind it of an event for others. */
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
          return text(parser, value);
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
   * @throws MalformedEvent if it is no event or its data does not fit the payload record
   */
  public Event<?> read(ConsumerRecord<byte[], byte[]> record, PayloadType type)
      throws MalformedEvent {
    return read(record, type, () -> {});
  }

  /**
   * Reads an event as the given payload.
   *
   * @param unreadableTime told where the event says when it happened, and nobody can read it: the
   *     record's timestamp stands in for it
   * @throws MalformedEvent if it is no event or its data does not fit the payload record
   */
  public Event<?> read(
      ConsumerRecord<byte[], byte[]> record, PayloadType type, Runnable unreadableTime)
      throws MalformedEvent {
    if (record.value() == null) {
      throw new MalformedEvent("The record has no value");
    }
    try (JsonParser parser = json.createParser(record.value())) {
      return readEnvelope(record, type, parser, unreadableTime);
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
      ConsumerRecord<byte[], byte[]> record,
      PayloadType type,
      JsonParser parser,
      Runnable unreadableTime)
      throws MalformedEvent {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedEvent("The value is no JSON object");
    }
    String eventId = null;
    boolean isIdText = true;
    Instant occurredAt = null;
    boolean isTimeUnreadable = false;
    Object data = null;
    EventMetadata metadata = EMPTY;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "event_id" -> {
          eventId = text(parser, value);
          isIdText = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL;
        }
        case "occurred_at" -> {
          occurredAt = value == JsonToken.VALUE_STRING ? EventTime.read(parser.getString()) : null;
          isTimeUnreadable = occurredAt == null && value != JsonToken.VALUE_NULL;
          parser.skipChildren();
        }
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
    if (eventId == null) {
      throw new MalformedEvent(isIdText ? NO_EVENT_ID : "event_id is no string");
    }
    if (data == null) {
      throw new MalformedEvent("data is missing");
    }
    EventMetadata completed = complete(metadata, record, eventId);
    refuseLong(EVENT_ID, eventId);
    refuseLong(CORRELATION_ID, completed.correlationId());
    if (isTimeUnreadable) {
      unreadableTime.run();
    }
    return new Event<>(
        eventId,
        type.eventType(),
        occurredAt == null ? timestamp(record) : occurredAt,
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

  private static Instant timestamp(ConsumerRecord<byte[], byte[]> record) {
    Instant timestamp = EventTime.ofTimestamp(record.timestamp());
    return timestamp == null ? Instant.EPOCH : timestamp;
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
      JsonToken value = parser.nextToken();
      switch (name) {
        case CORRELATION_ID -> correlationId = textOrEmpty(parser, value);
        case CAUSATION_ID -> causationId = textOrEmpty(parser, value);
        case SOURCE -> source = textOrEmpty(parser, value);
        default -> parser.skipChildren();
      }
    }
    return new EventMetadata(correlationId, causationId, source);
  }

  private static String textOrEmpty(JsonParser parser, JsonToken value) {
    String text = text(parser, value);
    return text == null ? "" : text;
  }

  /**
   * What a field of the envelope says; null if it is no text, or blank: as if it were not there.
   */
  private static @Nullable String text(JsonParser parser, JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return null;
    }
    String text = parser.getString();
    return text.isBlank() ? null : text;
  }

  /**
   * Tells which event and chain a record belongs to, as far as it says, for one that cannot be read
   * as an event: by as much of its body as is JSON, else by its headers. An id that is too long for
   * an event is none.
   */
  public RecordIdentity identify(ConsumerRecord<byte[], byte[]> record) {
    RecordIdentity said = identityOf(record);
    String eventId = isLong(said.eventId()) ? null : said.eventId();
    return new RecordIdentity(
        eventId, isLong(said.correlationId()) ? eventId : said.correlationId());
  }

  private RecordIdentity identityOf(ConsumerRecord<byte[], byte[]> record) {
    String eventId = null;
    String correlationId = "";
    if (record.value() != null) {
      try (JsonParser parser = json.createParser(record.value())) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          switch (name) {
            case EVENT_ID -> eventId = text(parser, value);
            case "metadata" -> correlationId = metadata(parser, value).correlationId();
            default -> parser.skipChildren();
          }
        }
      } catch (JacksonException e) {
        // What was read before the JSON broke still tells whose it is.
        return identity(record, eventId, correlationId);
      }
    }
    return identity(record, eventId, correlationId);
  }

  private static RecordIdentity identity(
      ConsumerRecord<byte[], byte[]> record, @Nullable String idInBody, String chainInBody) {
    String eventId = idInBody == null ? header(record, EVENT_ID) : idInBody;
    String correlationId = firstPresent(chainInBody, record, CORRELATION_ID);
    return new RecordIdentity(eventId, correlationId.isEmpty() ? eventId : correlationId);
  }

  /** What the headers say of a record; null if the last one of this name says nothing. */
  public static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return EventHeaders.read(EventHeaders.value(record.headers(), name));
  }
}
