package io.eventagents.audit.index;

import io.eventagents.EventHeaders;
import io.eventagents.EventTime;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LoggedHeader;
import io.eventagents.audit.log.LoggedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a logged record what the index says of it, by the rules by which agents read events: the
 * header decides the type, the body the rest, each stands in for the other, a missing correlation
 * id is the event id, and a missing time the record's.
 */
final class RecordReading {

  private final LoggedRecord record;
  private final Envelope body;
  private final Map<String, @Nullable String> headers = new HashMap<>();
  private final List<Mismatch> mismatches = new ArrayList<>();

  private RecordReading(LoggedRecord record) {
    this.record = record;
    this.body = body(record);
    for (LoggedHeader header : record.headers()) {
      // The last of its name counts, also where it says nothing.
      headers.put(header.name(), EventHeaders.read(header.text()));
    }
  }

  static IndexedRecord of(LogLine line, LoggedRecord record) {
    return new RecordReading(record).indexed(line);
  }

  private IndexedRecord indexed(LogLine line) {
    compare(EventHeaders.EVENT_ID, body.eventId());
    compare(EventHeaders.EVENT_TYPE, body.eventType());
    compare(EventHeaders.CORRELATION_ID, body.correlationId());
    compare(EventHeaders.CAUSATION_ID, body.causationId());
    compare(EventHeaders.SOURCE, body.source());
    String eventId = bodyFirst(body.eventId(), EventHeaders.EVENT_ID);
    String eventType = headers.get(EventHeaders.EVENT_TYPE);
    String correlationId = bodyFirst(body.correlationId(), EventHeaders.CORRELATION_ID);
    Instant occurredAt = occurredAt();
    return new IndexedRecord(
        record.partition(),
        record.offset(),
        line.start(),
        line.text().length,
        record.loggedAt(),
        timestamp(),
        IndexedText.ofNullable(record.key()),
        record.headersJson(),
        payload(),
        IndexedText.ofNullable(eventId),
        IndexedText.ofNullable(eventType == null ? body.eventType() : eventType),
        IndexedText.ofNullable(bodyFirst(body.source(), EventHeaders.SOURCE)),
        IndexedText.ofNullable(correlationId == null ? eventId : correlationId),
        IndexedText.ofNullable(bodyFirst(body.causationId(), EventHeaders.CAUSATION_ID)),
        occurredAt,
        body.metadata(),
        body.data(),
        terms(),
        List.copyOf(mismatches),
        null);
  }

  /** Those of the data, the topic, and the trace, whose id is found like a value. */
  private Terms terms() {
    Terms terms = body.terms().and(Terms.topic(record.partition().topic()));
    String traceparent = headers.get(EventHeaders.TRACEPARENT);
    return traceparent == null || traceparent.length() < 55
        ? terms
        : terms.and(Terms.value(traceparent, 3, 35));
  }

  private static Envelope body(LoggedRecord record) {
    byte[] event = record.event();
    if (event != null) {
      return EnvelopeReader.read(event);
    }
    byte[] raw = record.raw();
    return raw == null ? Envelope.NONE : EnvelopeReader.read(raw).withoutJson();
  }

  private String payload() {
    if (record.event() != null) {
      return "event";
    }
    if (record.erasure() != null) {
      return "erased";
    }
    return record.raw() != null ? "raw" : "none";
  }

  private void compare(String field, @Nullable String inBody) {
    String header = headers.get(field);
    if (header != null && inBody != null && !header.equals(inBody)) {
      mismatches.add(new Mismatch(field, IndexedText.of(header), IndexedText.of(inBody)));
    }
  }

  private @Nullable String bodyFirst(@Nullable String inBody, String header) {
    return inBody == null ? headers.get(header) : inBody;
  }

  private Instant occurredAt() {
    if (body.occurredAt() != null) {
      return body.occurredAt();
    }
    if (body.unreadableTime() != null) {
      mismatches.add(new Mismatch("occurred_at", null, IndexedText.of(body.unreadableTime())));
    }
    return Objects.requireNonNullElse(EventTime.ofTimestamp(record.timestamp()), record.loggedAt());
  }

  /** Null where the record has none that can be shown. */
  private @Nullable Instant timestamp() {
    Instant time = Instant.ofEpochMilli(record.timestamp());
    return record.timestamp() >= 0 && EventTime.isStorable(time) ? time : null;
  }
}
