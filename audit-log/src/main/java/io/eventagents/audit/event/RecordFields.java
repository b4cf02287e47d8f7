package io.eventagents.audit.event;

import io.eventagents.EventHeaders;
import io.eventagents.audit.log.LoggedHeader;
import io.eventagents.audit.log.LoggedRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The fields of an event in a logged record, by the rules by which agents read events: the header
 * decides the type, the body the rest, each stands in for the other, and a missing correlation id
 * is the event id.
 */
public final class RecordFields {

  private final Envelope body;
  private final Map<String, @Nullable String> headers = new HashMap<>();

  private RecordFields(LoggedRecord record, Envelope body) {
    this.body = body;
    for (LoggedHeader header : record.headers()) {
      // The last of its name counts, also where it says nothing.
      headers.put(header.name(), EventHeaders.read(header.text()));
    }
  }

  /** Those of a record. */
  public static RecordFields of(LoggedRecord record) {
    return of(record, JsonParser::skipChildren);
  }

  /**
   * Those of a record.
   *
   * @param data reads the data, to their last token
   */
  public static RecordFields of(LoggedRecord record, Consumer<JsonParser> data) {
    byte[] payload = record.event() == null ? record.raw() : record.event();
    return new RecordFields(
        record, payload == null ? Envelope.NONE : EnvelopeReader.read(payload, data));
  }

  /** What the body says. */
  public Envelope body() {
    return body;
  }

  /** What a header says; null if it is missing, or says nothing. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The event's id. */
  public @Nullable String eventId() {
    return bodyFirst(body.eventId(), EventHeaders.EVENT_ID);
  }

  /** Its type. */
  public @Nullable String eventType() {
    String eventType = header(EventHeaders.EVENT_TYPE);
    return eventType == null ? body.eventType() : eventType;
  }

  /** Its chain; null if it has neither that nor an id. */
  public @Nullable String correlationId() {
    String correlationId = bodyFirst(body.correlationId(), EventHeaders.CORRELATION_ID);
    return correlationId == null ? eventId() : correlationId;
  }

  /** What caused it. */
  public @Nullable String causationId() {
    return bodyFirst(body.causationId(), EventHeaders.CAUSATION_ID);
  }

  /** Who published it. */
  public @Nullable String source() {
    return bodyFirst(body.source(), EventHeaders.SOURCE);
  }

  private @Nullable String bodyFirst(@Nullable String inBody, String header) {
    return inBody == null ? header(header) : inBody;
  }
}
