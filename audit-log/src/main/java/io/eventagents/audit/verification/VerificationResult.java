package io.eventagents.audit.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What became of a verification: two verdicts, which say different things and are never one.
 *
 * @param logId the text in {@code log.id}
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param extent what was looked at
 * @param unchanged whether no line was changed, added, removed or moved
 * @param complete whether no record is missing between those that are there
 * @param index whether the index says what the log says; null if nobody compared them
 * @param signed how far checkpoints vouch for the log
 * @param beforeTheChain the lines of before there were chains; null if there are none
 * @param gaps what is missing, and said to be
 * @param erasedLines lines whose payload was erased, as an event in the log says
 * @param openErasures erasures that were requested and have begun, and of which the log does not
 *     say that they are completed; each is a deviation, until it is
 * @param danglingCauses events whose cause is not in the log
 * @param notes what else is worth knowing, in words
 * @param breaks lines that were signed and are in no file, as was stated
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record VerificationResult(
    String logId,
    Instant startedAt,
    Instant finishedAt,
    LogExtent extent,
    Verdict unchanged,
    Verdict complete,
    @Nullable Verdict index,
    SignedExtent signed,
    @Nullable UnchainedLines beforeTheChain,
    List<GapCount> gaps,
    long erasedLines,
    int openErasures,
    long danglingCauses,
    List<String> notes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StatedBreak> breaks) {

  /** Copies the lists. */
  public VerificationResult {
    gaps = List.copyOf(gaps);
    notes = List.copyOf(notes);
    breaks = breaks == null ? List.of() : List.copyOf(breaks);
  }

  /** Whether there is nothing to complain about, but for breaks that were stated. */
  public boolean isGood() {
    return unchanged.holds() && complete.holds() && (index == null || index.holds());
  }

  /** Whether nothing but erasures that are not completed yet makes the log look changed. */
  public boolean onlyAwaitsErasures() {
    return openErasures > 0 && unchanged.deviations() == openErasures;
  }

  /** With the verdict on the index. */
  public VerificationResult withIndex(@Nullable Verdict verdict) {
    return new VerificationResult(
        logId,
        startedAt,
        finishedAt,
        extent,
        unchanged,
        complete,
        verdict,
        signed,
        beforeTheChain,
        gaps,
        erasedLines,
        openErasures,
        danglingCauses,
        notes,
        breaks);
  }
}
