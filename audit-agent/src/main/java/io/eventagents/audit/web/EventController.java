package io.eventagents.audit.web;

import io.eventagents.audit.index.Cursor;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.index.RecordFilter;
import io.eventagents.audit.index.RecordQueries;
import io.eventagents.audit.index.StorableTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /audit/events/{event_id}} and {@code GET /audit/events}. */
@RestController
final class EventController {

  private static final int OCCURRENCES = 1000;
  private static final int LARGEST_PAGE = 1000;
  private static final String DEFAULT_PAGE = "100";

  /** Numbers of the metadata stay as exact as they were sent. */
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final RecordQueries records;

  EventController(RecordQueries records) {
    this.records = records;
  }

  @GetMapping(path = "/audit/events/{event_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  EventDetails event(@PathVariable("event_id") String eventId) {
    List<FoundRecord> found = records.event(eventId, OCCURRENCES + 1);
    if (found.isEmpty()) {
      throw Problems.notFound("No event with the id '" + eventId + "' is logged.");
    }
    FoundRecord first = found.getFirst();
    return new EventDetails(
        first.eventId(),
        first.eventType(),
        first.occurredAt(),
        first.data(),
        metadata(first),
        first.key(),
        first.headers(),
        TraceContext.of(first.headers()).map(TraceContext::traceId).orElse(null),
        first.mismatches(),
        found.stream().limit(OCCURRENCES).map(EventDetails.Occurrence::of).toList(),
        found.size() > OCCURRENCES);
  }

  @GetMapping(path = "/audit/events", produces = MediaType.APPLICATION_JSON_VALUE)
  EventPage events(
      @RequestParam(name = "event_type", required = false) @Nullable String eventType,
      @RequestParam(name = "source", required = false) @Nullable String source,
      @RequestParam(name = "correlation_id", required = false) @Nullable String correlationId,
      @RequestParam(name = "from", required = false) @Nullable String from,
      @RequestParam(name = "to", required = false) @Nullable String to,
      @RequestParam(name = "unreadable", required = false) @Nullable String unreadable,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = DEFAULT_PAGE) String limit) {
    RecordFilter filter =
        new RecordFilter(
            eventType,
            source,
            correlationId,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            instant("from", from),
            instant("to", to),
            flag("unreadable", unreadable));
    int size = size(limit);
    List<FoundRecord> found = records.page(filter, cursor(cursor), size + 1);
    List<FoundRecord> shown = found.size() > size ? found.subList(0, size) : found;
    return new EventPage(
        shown.stream().map(ListedEvent::of).toList(),
        found.size() > size ? Cursor.after(shown.getLast()).text() : null);
  }

  private static Map<String, @Nullable Object> metadata(FoundRecord record) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("correlation_id", record.correlationId());
    metadata.put("causation_id", record.causationId());
    metadata.put("source", record.source());
    addSent(record.metadata(), metadata);
    return metadata;
  }

  private static void addSent(@Nullable String sent, Map<String, @Nullable Object> metadata) {
    if (sent == null || !sent.startsWith("{")) {
      return;
    }
    try {
      Map<String, Object> fields =
          EXACT.readValue(sent, new TypeReference<Map<String, Object>>() {});
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        metadata.putIfAbsent(field.getKey(), field.getValue());
      }
    } catch (JacksonException e) {
      metadata.put("as_sent", sent);
    }
  }

  private static @Nullable Instant instant(String parameter, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      // The plus of an offset arrives as a space where it was not encoded.
      return StorableTime.of(Instant.parse(value.replace(' ', '+')));
    } catch (DateTimeException e) {
      throw Problems.invalid(parameter, "has to be an instant such as 2025-01-15T14:30:22Z");
    }
  }

  private static @Nullable Boolean flag(String parameter, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Problems.invalid(parameter, "has to be true or false");
    };
  }

  private static @Nullable Cursor cursor(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return Cursor.parse(value);
    } catch (IllegalArgumentException e) {
      throw Problems.invalid("cursor", "has to be the next_cursor of a page before");
    }
  }

  private static int size(String limit) {
    try {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= LARGEST_PAGE) {
        return size;
      }
    } catch (NumberFormatException e) {
      // The problem below says what a limit is.
    }
    throw Problems.invalid("limit", "has to be a number from 1 to " + LARGEST_PAGE);
  }
}
