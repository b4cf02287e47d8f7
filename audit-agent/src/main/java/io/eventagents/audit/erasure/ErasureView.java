package io.eventagents.audit.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An erasure, as it is told. Whom it concerns is not: who asked knows.
 *
 * @param state requested, searching, erasing, indexing or completed
 * @param files how many files are looked at; missing before that is known
 * @param filesDone how many of them were
 * @param failure why it does not go on at present; missing where it does
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
    @Nullable Erased erased) {

  static ErasureView of(Erasure erasure) {
    Erasure.Outcome outcome = erasure.outcome();
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
        outcome == null
            ? null
            : new Erased(
                outcome.records(), outcome.files(), outcome.bytes(), outcome.linesSha256()));
  }

  /**
   * What was erased.
   *
   * @param records how many lines
   * @param files how many files they are in
   * @param bytes how many these lines have
   * @param linesSha256 as the event {@code erasure.completed} has it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Erased(long records, long files, long bytes, String linesSha256) {}
}
