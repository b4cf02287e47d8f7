package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.audit.index.FoundRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where an event stands, on Kafka and in the log.
 *
 * @param payload {@code event} if the payload is JSON, {@code raw} if not, {@code none} if there is
 *     none, {@code erased} if it was erased
 * @param file the file of the log
 * @param position where its line starts, in bytes
 * @param length of the line, in bytes
 * @param partiallyIndexed why the index has only its position and headers; left out if it has
 *     everything
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Occurrence(
    String topic,
    String topicId,
    int partition,
    long offset,
    @Nullable Instant timestamp,
    Instant loggedAt,
    String payload,
    String file,
    long position,
    int length,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String partiallyIndexed) {

  static Occurrence of(FoundRecord record) {
    return new Occurrence(
        record.topic(),
        record.topicId(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.loggedAt(),
        record.payload(),
        record.file(),
        record.position(),
        record.length(),
        record.inPart());
  }
}
