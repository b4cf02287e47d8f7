package io.eventagents.audit.erasure;

import io.eventagents.audit.log.LogPlace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An erasure, as it is stored.
 *
 * @param subject null once it is completed
 * @param correlationId the chain of its events
 * @param requestedEvent the id of the event that reported the request
 * @param upTo the end of the log when the work began; null before
 * @param files how many files are read; null before that is known
 * @param filesDone how many of them are done
 * @param failure why it does not continue at present; null if it does
 * @param outcome what was erased; null before it is completed
 */
record Erasure(
    String id,
    @Nullable Subject subject,
    String subjectSha256,
    String reason,
    String requestedBy,
    Instant requestedAt,
    boolean wholeChains,
    String correlationId,
    String requestedEvent,
    ErasureState state,
    @Nullable LogPlace upTo,
    @Nullable Integer files,
    int filesDone,
    @Nullable String failure,
    @Nullable Instant completedAt,
    @Nullable Outcome outcome) {

  /**
   * What was erased.
   *
   * @param records how many lines
   * @param files how many files they are in
   * @param bytes how large these lines are
   * @param linesSha256 as {@link ErasureEvent.Completed} has it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Outcome(long records, long files, long bytes, String linesSha256) {}
}
