package io.eventagents.audit.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.audit.console.EventContent.Named;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.web.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prepares events for pages. Thread-safe. */
final class EventContents {

  private final PersonalView personal;
  private final LineCheck lines;
  private final TraceLinks traces;
  private final Calls calls;

  EventContents(PersonalView personal, LineCheck lines, TraceLinks traces, Calls calls) {
    this.personal = personal;
    this.lines = lines;
    this.traces = traces;
    this.calls = calls;
  }

  EventContent of(FoundRecord record, Viewer viewer) {
    LineVerdict verdict = lines.check(record);
    String data = data(record, viewer);
    byte[] payload = verdict.payload();
    return new EventContent(
        record.eventType() == null ? "unreadable" : record.eventType(),
        record.eventType() != null,
        record.eventId(),
        envelope(record),
        data == null ? null : Excerpt.json(data),
        data != null || payload == null ? null : Excerpt.bytes(payload),
        Links.record(record.topicId(), record.partition(), record.offset()) + "/content",
        headers(record, viewer),
        position(record, viewer),
        verdict,
        record.correlationId() == null ? null : Links.chain(record.correlationId()),
        TraceContext.of(record.headers())
            .filter(TraceContext::sampled)
            .map(trace -> traces.url(trace.traceId()))
            .orElse(null),
        record.mismatches() == null ? null : text(record, record.mismatches(), viewer),
        record.inPart(),
        record.occurrences(),
        data != null && !data.equals(record.data()));
  }

  /** The whole data, or the whole payload if that is no event. */
  byte[] whole(FoundRecord record, Viewer viewer) {
    String data = data(record, viewer);
    if (data != null) {
      return data.getBytes(UTF_8);
    }
    byte[] payload = lines.check(record).payload();
    return payload == null ? new byte[0] : payload;
  }

  private @Nullable String data(FoundRecord record, Viewer viewer) {
    return record.data() == null ? null : personal.data(record.eventType(), record.data(), viewer);
  }

  private String text(FoundRecord record, String text, Viewer viewer) {
    return personal.text(record.eventType(), record.data(), text, viewer);
  }

  private List<Named> envelope(FoundRecord record) {
    List<Named> envelope = new ArrayList<>();
    envelope.add(Named.of("event_id", record.eventId()));
    envelope.add(Named.of("occurred_at", record.occurredAt()));
    envelope.add(
        record.correlationId() == null
            ? Named.of("correlation_id", null)
            : new Named(
                "correlation_id", record.correlationId(), Links.chain(record.correlationId())));
    envelope.add(
        record.causationId() == null
                || calls.isCall(record.causationId(), String.valueOf(record.correlationId()))
            ? Named.of("causation_id", record.causationId())
            : new Named("causation_id", record.causationId(), Links.event(record.causationId())));
    envelope.add(Named.of("source", record.source()));
    return envelope;
  }

  private List<Named> headers(FoundRecord record, Viewer viewer) {
    List<Named> headers = new ArrayList<>();
    UnaryOperator<String> texts = personal.texts(record.eventType(), record.data(), viewer);
    try {
      for (JsonNode header : JsonMapper.shared().readTree(record.headers())) {
        JsonNode value = header.path(1);
        headers.add(
            Named.of(
                header.path(0).asString("?"),
                texts.apply(value.isString() ? value.asString() : value.toString())));
      }
    } catch (JacksonException shortened) {
      headers.add(Named.of("headers", "too long for the index; the log has them"));
    }
    return headers;
  }

  private List<Named> position(FoundRecord record, Viewer viewer) {
    return List.of(
        Named.of("record", record.topic() + "/" + record.partition() + "@" + record.offset()),
        Named.of("key", record.key() == null ? null : text(record, record.key(), viewer)),
        Named.of("timestamp", record.timestamp()),
        Named.of("logged_at", record.loggedAt()),
        Named.of("file", record.file() + ", byte " + Counts.number(record.position())),
        Named.of("topic id", record.topicId()));
  }
}
