package io.eventagents.audit.evidence;

import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.RivalLogs;
import io.eventagents.audit.proof.Signing;
import io.eventagents.audit.verification.GapCount;
import io.eventagents.audit.verification.Verdict;
import io.eventagents.audit.verification.VerificationResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of the log: {@code DOWN} where it was changed, or records are missing and it does not say
 * why, or the index says something else, or where the last verification could not run, or where it
 * is not signed any more since it is not what was signed of it before, or where the index does not
 * follow it though the database can be asked, or if another program changed the file that is
 * written, or another log reads the same topics in the same group. A loss that it tells itself is
 * in the details: no restart would bring it back.
 */
final class AuditHealthIndicator implements HealthIndicator {

  private final Verifications verifications;
  private final LogState state;
  private final RivalLogs rivals;
  private final @Nullable Indexer indexer;

  /**
   * @param indexer null if nothing is indexed
   */
  AuditHealthIndicator(
      Verifications verifications, LogState state, RivalLogs rivals, @Nullable Indexer indexer) {
    this.verifications = verifications;
    this.state = state;
    this.rivals = rivals;
    this.indexer = indexer;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    VerificationResult result = verifications.last().orElse(null);
    if (result == null) {
      health.withDetail("verified", "never");
    } else {
      Verdict index = result.index();
      if (!result.unchanged().holds()
          || hasUntoldHoles(result)
          || (index != null && !index.holds())) {
        health.down();
      }
      health
          .withDetail("verified", result.finishedAt())
          .withDetail("unchanged", result.unchanged().holds())
          .withDetail("complete", result.complete().holds());
      if (result.beforeTheChain() != null) {
        health.withDetail("before_the_chain", result.beforeTheChain());
      }
    }
    verifications.failure().ifPresent(failure -> health.down().withDetail("failure", failure));
    state
        .foreignChange()
        .ifPresent(change -> health.down().withDetail("not_written_because", change));
    rivals.trouble().ifPresent(rival -> health.down().withDetail("not_alone_because", rival));
    switch (state.signing()) {
      case Signing.Going going -> {}
      case Signing.Waiting waiting -> health.withDetail("not_signed_because", waiting.because());
      case Signing.Refused refused ->
          health.down().withDetail("not_signed_because", refused.because().toString());
    }
    List<String> breaks = state.breaks();
    if (!breaks.isEmpty()) {
      health.withDetail("breaks", breaks);
    }
    if (indexer != null) {
      indexer
          .trouble()
          .ifPresent(trouble -> health.down().withDetail("not_indexed_because", trouble));
      if (indexer.inPart().count() > 0) {
        health.withDetail("partially_indexed", indexer.inPart().count());
      }
    }
    LogState.Signed checkpoint = state.checkpoint();
    if (checkpoint != null) {
      health
          .withDetail("checkpoint", checkpoint.time())
          .withDetail("unpublished_checkpoints", checkpoint.unpublished());
    }
    return health.build();
  }

  private static boolean hasUntoldHoles(VerificationResult result) {
    long told =
        result.gaps().stream()
            .filter(
                gap ->
                    GapReason.of(gap.because())
                        .filter(because -> !because.isLegitimate())
                        .isPresent())
            .mapToLong(GapCount::gaps)
            .sum();
    return result.complete().deviations() > told;
  }
}
