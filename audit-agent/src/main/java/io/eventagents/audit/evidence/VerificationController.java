package io.eventagents.audit.evidence;

import io.eventagents.audit.proof.Signing;
import io.eventagents.audit.verification.VerificationResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET} and {@code POST /audit/verification}. */
@RestController
final class VerificationController {

  private final Verifications verifications;
  private final LogState state;

  VerificationController(Verifications verifications, LogState state) {
    this.verifications = verifications;
    this.state = state;
  }

  /** The running log: what it is, what signs it, and what verifications said. */
  @GetMapping(path = "/audit/verification", produces = MediaType.APPLICATION_JSON_VALUE)
  Answer verification() throws IOException {
    return answer();
  }

  /** Starts a verification; where one is running, it is hurried. */
  @PostMapping(path = "/audit/verification", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Answer verify() throws IOException {
    verifications.verifyNow();
    return answer();
  }

  private Answer answer() throws IOException {
    return new Answer(
        state.log(),
        state.checkpoint(),
        notSigned(),
        verifications.progress().orElse(null),
        verifications.last().orElse(null),
        verifications.failure().orElse(null));
  }

  private @Nullable String notSigned() {
    return switch (state.signing()) {
      case Signing.Going going -> null;
      case Signing.Waiting waiting -> waiting.because();
      case Signing.Refused refused -> refused.because().toString();
    };
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Answer(
      LogState.Log log,
      LogState.@Nullable Signed checkpoint,
      @Nullable String notSignedBecause,
      @Nullable VerificationProgress running,
      @Nullable VerificationResult last,
      @Nullable String failure) {}
}
