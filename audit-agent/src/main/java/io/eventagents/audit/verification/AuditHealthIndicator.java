package io.eventagents.audit.verification;

import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.proof.Signing;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of the log: {@code DOWN} where it was changed, or records are missing and it does not say
 * why, or the index says something else, or where the last verification could not run, or where it
 * is not signed any more since it is not what was signed of it before. A loss that it tells itself
 * is in the details: no restart would bring it back.
 */
final class AuditHealthIndicator implements HealthIndicator {

  private final Verifications verifications;
  private final LogState state;

  AuditHealthIndicator(Verifications verifications, LogState state) {
    this.verifications = verifications;
    this.state = state;
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
    }
    verifications.failure().ifPresent(failure -> health.down().withDetail("failure", failure));
    switch (state.signing()) {
      case Signing.Going going -> {}
      case Signing.Waiting waiting -> health.withDetail("not_signed_because", waiting.because());
      case Signing.Refused refused ->
          health.down().withDetail("not_signed_because", refused.because().toString());
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
