package io.eventagents.audit.index;

import io.eventagents.EventHeaders;
import io.eventagents.EventTime;
import io.eventagents.audit.event.Envelope;
import io.eventagents.audit.event.RecordFields;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LoggedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a logged record what the index says of it: the {@linkplain RecordFields fields} of an
 * event, of which a missing time is the record's, in a form that the database takes.
 */
final class RecordReading {

  private final LoggedRecord record;
  private final RecordFields fields;
  private final Envelope body;
  private Terms terms = Terms.NONE;
  private final List<Mismatch> mismatches = new ArrayList<>();

  private RecordReading(LoggedRecord record) {
    this.record = record;
    this.fields = RecordFields.of(record, parser -> terms = new TermsReader(parser).read());
    this.body = fields.body();
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
    // What is raw in a line may be nested too deeply for those who would read it.
    boolean readable = record.event() != null;
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
        IndexedText.ofNullable(fields.eventId()),
        IndexedText.ofNullable(fields.eventType()),
        IndexedText.ofNullable(fields.source()),
        IndexedText.ofNullable(fields.correlationId()),
        IndexedText.ofNullable(fields.causationId()),
        occurredAt,
        readable ? body.metadata() : null,
        readable ? body.data() : null,
        terms(),
        List.copyOf(mismatches),
        null);
  }

  /** Those of the data, the topic, and the trace, whose id is found like a value. */
  private Terms terms() {
    // Of data that break off nothing is found.
    Terms found =
        (body.data() == null ? Terms.NONE : terms).and(Terms.topic(record.partition().topic()));
    String traceparent = fields.header(EventHeaders.TRACEPARENT);
    return traceparent == null || traceparent.length() < 55
        ? found
        : found.and(Terms.value(traceparent, 3, 35));
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
    String header = fields.header(field);
    if (header != null && inBody != null && !header.equals(inBody)) {
      mismatches.add(new Mismatch(field, IndexedText.of(header), IndexedText.of(inBody)));
    }
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
