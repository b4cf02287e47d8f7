package io.eventagents.audit.web;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Part;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.index.Criterion;
import io.eventagents.audit.index.Cursor;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.index.RecordFilter;
import io.eventagents.audit.index.RecordQueries;
import io.eventagents.http.PageLimit;
import io.eventagents.http.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Serves single events, searches, and the causes and effects of an event. */
@RestController
final class EventController {

  private static final int OCCURRENCES = 1000;
  private static final int ANCESTORS = 1000;

  /** Keeps the numbers in metadata as exact as they were sent. */
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final RecordQueries records;
  private final AnswerRoom room;

  EventController(RecordQueries records, AnswerRoom room) {
    this.records = records;
    this.room = room;
  }

  @GetMapping(path = "/audit/events/{event_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  EventDetails event(@PathVariable("event_id") String eventId) {
    Part<FoundRecord> part = room.share().read(bytes -> records.event(eventId, OCCURRENCES, bytes));
    List<FoundRecord> found = part.rows();
    if (found.isEmpty()) {
      throw unknown(eventId);
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
        found.stream().map(Occurrence::of).toList(),
        part.more());
  }

  /** What an event caused. For an id that does not fit a path, search by {@code ?causation_id=}. */
  @GetMapping(
      path = "/audit/events/{event_id}/children",
      produces = MediaType.APPLICATION_JSON_VALUE)
  EventPage children(
      @PathVariable("event_id") String eventId,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable String limit) {
    EventPage page = page(RecordFilter.of(Criterion.CAUSE, eventId), cursor, limit);
    if (!page.events().hasNext()) {
      requireKnown(eventId);
    }
    return page;
  }

  /** What led to an event, its cause first. */
  @GetMapping(
      path = "/audit/events/{event_id}/ancestors",
      produces = MediaType.APPLICATION_JSON_VALUE)
  EventPage ancestors(@PathVariable("event_id") String eventId) {
    requireKnown(eventId);
    return new EventPage(
        RowStream.all(room.share(), records.ancestors(eventId, ANCESTORS)).begun());
  }

  /** As above, for an id that does not fit a path. */
  @GetMapping(path = "/audit/ancestors", produces = MediaType.APPLICATION_JSON_VALUE)
  EventPage ancestorsOf(@RequestParam(name = "event_id") String eventId) {
    return ancestors(eventId);
  }

  @GetMapping(path = "/audit/events")
  @Nullable EventPage events(
      @ModelAttribute EventQuery query,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable String limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RecordFilter filter = query.filter();
    Optional<ExportFormat> format = ExportFormat.of(request);
    if (format.isEmpty()) {
      return page(filter, cursor, limit);
    }
    RowStream<FoundRecord> found = RowStream.all(room.share(), after(filter, cursor)).begun();
    try {
      Export answer = new Export(format.get(), "events", response);
      answer.events(found);
      answer.end();
    } catch (IOException | RuntimeException | Error e) {
      BrokenAnswer.note(e);
      throw e;
    }
    return null;
  }

  private EventPage page(RecordFilter filter, @Nullable String cursor, @Nullable String limit) {
    int size = PageLimit.parse(limit, Paging.DEFAULT, Paging.LARGEST);
    return new EventPage(
        RowStream.first(room.share(), after(filter, cursor), size, Paging.LARGEST_BYTES).begun());
  }

  private RowStream.Reader<FoundRecord> after(RecordFilter filter, @Nullable String cursor) {
    Cursor from = Paging.cursor(cursor);
    return (last, atMost, bytes) ->
        records.page(filter, last == null ? from : Cursor.after(last), atMost, bytes);
  }

  private void requireKnown(String eventId) {
    if (!records.exists(RecordFilter.of(Criterion.EVENT, eventId))) {
      throw unknown(eventId);
    }
  }

  private static RuntimeException unknown(String eventId) {
    return Problems.of(HttpStatus.NOT_FOUND, "No event with the id '" + eventId + "' is logged.");
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
}
