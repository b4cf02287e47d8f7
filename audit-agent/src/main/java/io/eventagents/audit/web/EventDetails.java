package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event with everything that the index knows about it.
 *
 * @param metadata as it was sent, with the correlation, causation and source that agents see
 * @param traceId of the trace that the first record belongs to; left out if it names none
 * @param occurrences the records that carry it, in the order of logging; key, headers, metadata and
 *     data are those of the first
 * @param truncated whether there are more occurrences than are shown; left out if not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record EventDetails(
    @Nullable String eventId,
    @Nullable String eventType,
    Instant occurredAt,
    @JsonRawValue @Nullable String data,
    Map<String, @Nullable Object> metadata,
    @Nullable String key,
    @JsonRawValue String headers,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String traceId,
    @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mismatches,
    List<Occurrence> occurrences,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {}
