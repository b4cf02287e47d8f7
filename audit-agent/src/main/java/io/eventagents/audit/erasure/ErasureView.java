package io.eventagents.audit.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An erasure, as it is answered. The subject is left out, because the person who asked knows it.
 *
 * @param state requested, searching, erasing, indexing or completed
 * @param files how many files are read; missing before that is known
 * @param filesDone how many of them are done
 * @param failure why it does not continue at present; missing if it does
 * @param erased what was erased; missing before it is completed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ErasureView(
    String id,
    String state,
    String reason,
    String requestedBy,
    Instant requestedAt,
    boolean wholeChains,
    String subjectSha256,
    String correlationId,
    @Nullable Integer files,
    @Nullable Integer filesDone,
    @Nullable String failure,
    @Nullable Instant completedAt,
    Erasure.@Nullable Outcome erased) {

  static ErasureView of(Erasure erasure) {
    return new ErasureView(
        erasure.id(),
        erasure.state().text(),
        erasure.reason(),
        erasure.requestedBy(),
        erasure.requestedAt(),
        erasure.wholeChains(),
        erasure.subjectSha256(),
        erasure.correlationId(),
        erasure.files(),
        erasure.files() == null ? null : erasure.filesDone(),
        erasure.failure(),
        erasure.completedAt(),
        erasure.outcome());
  }
}
