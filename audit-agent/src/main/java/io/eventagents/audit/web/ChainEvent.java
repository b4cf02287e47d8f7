package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.eventagents.audit.index.ChainRecord;
import io.eventagents.audit.index.FoundRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event in its chain.
 *
 * @param eventId null for a record without one, which stands for itself
 * @param eventType null for a record that has no readable type
 * @param depth how many causes within the chain lead to it; 0 for a root
 * @param occurrences how many records of the chain have this event id
 * @param missingParent whether its cause is an event that is not logged (yet); left out if not
 * @param data as it was sent; null if it is not JSON or was erased
 * @param erased whether the payload was erased; left out if not
 * @param traceId of the trace that its record belongs to; left out if it names none
 * @param traceSampled whether that trace is recorded; left out with it
 * @param mismatches how headers and body disagree; left out if they agree
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ChainEvent(
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String causationId,
    Instant occurredAt,
    Instant loggedAt,
    String topic,
    int partition,
    long offset,
    int depth,
    long occurrences,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean missingParent,
    @JsonRawValue @Nullable String data,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String traceId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean traceSampled,
    @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mismatches) {

  static ChainEvent of(ChainRecord event) {
    FoundRecord record = event.record();
    TraceContext trace = TraceContext.of(record.headers()).orElse(null);
    return new ChainEvent(
        record.eventId(),
        record.eventType(),
        record.source(),
        record.causationId(),
        record.occurredAt(),
        record.loggedAt(),
        record.topic(),
        record.partition(),
        record.offset(),
        event.depth(),
        event.occurrences(),
        event.missingParent(),
        record.data(),
        record.isErased(),
        trace == null ? null : trace.traceId(),
        trace == null ? null : trace.sampled(),
        record.mismatches());
  }
}
