package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.eventagents.audit.index.FoundRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event in a list.
 *
 * @param eventId null for a record without one
 * @param erased whether the payload was erased; left out if not
 * @param unreadable true for a record that has no readable type; left out if it has one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ListedEvent(
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String correlationId,
    @Nullable String causationId,
    Instant occurredAt,
    Instant loggedAt,
    String topic,
    int partition,
    long offset,
    long occurrences,
    @JsonRawValue @Nullable String data,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean unreadable,
    @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mismatches) {

  static ListedEvent of(FoundRecord record) {
    return new ListedEvent(
        record.eventId(),
        record.eventType(),
        record.source(),
        record.correlationId(),
        record.causationId(),
        record.occurredAt(),
        record.loggedAt(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.occurrences(),
        record.data(),
        record.isErased(),
        record.eventType() == null,
        record.mismatches());
  }
}
