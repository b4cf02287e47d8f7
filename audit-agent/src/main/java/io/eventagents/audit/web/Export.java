package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.index.FoundRecord;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole search or chain, written while it is read. If it fails halfway, the connection is broken
 * off, so that no client takes a part for the whole.
 */
final class Export {

  /** Leaves the answer open after each value. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .build();

  private final ExportFormat format;
  private final OutputStream out;
  private long events;

  /** Begins an answer. */
  Export(ExportFormat format, String name, HttpServletResponse response) throws IOException {
    this.format = format;
    response.setContentType(format.contentType());
    response.setHeader(
        "Content-Disposition",
        "attachment; filename=\"" + name + (format == ExportFormat.JSON ? ".json\"" : ".jsonl\""));
    this.out = response.getOutputStream();
    write(format.before());
  }

  /** Begins an export. */
  @FunctionalInterface
  interface Begin {

    Export begin() throws IOException;
  }

  /**
   * An event with everything that the index has of it.
   *
   * @param depth within its chain; left out in a search
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Exported(
      @Nullable String eventId,
      @Nullable String eventType,
      Instant occurredAt,
      @Nullable String source,
      @Nullable String correlationId,
      @Nullable String causationId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer depth,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean missingParent,
      long occurrences,
      @Nullable String key,
      @JsonRawValue @Nullable String data,
      @JsonRawValue @Nullable String metadata,
      @JsonRawValue String headers,
      @JsonUnwrapped Occurrence occurrence,
      @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mismatches) {

    static Exported of(
        FoundRecord record, @Nullable Integer depth, boolean missingParent, long occurrences) {
      return new Exported(
          record.eventId(),
          record.eventType(),
          record.occurredAt(),
          record.source(),
          record.correlationId(),
          record.causationId(),
          depth,
          missingParent,
          occurrences,
          record.key(),
          record.data(),
          record.metadata(),
          record.headers(),
          Occurrence.of(record),
          record.mismatches());
    }
  }

  /** Writes events that have no place in the order of a chain. */
  void events(RowStream<FoundRecord> found) throws IOException {
    while (found.hasNext()) {
      FoundRecord record = found.next();
      event(Exported.of(record, null, false, record.occurrences()));
    }
  }

  void event(Exported event) throws IOException {
    if (events++ > 0) {
      write(format.between());
    }
    JSON.writeValue(out, event);
  }

  /** Ends the answer after the last event. */
  void end() throws IOException {
    write(format.after(events == 0));
    out.flush();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
