package io.eventagents.audit;

import io.eventagents.audit.proof.SigningKeyUnusable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a line why checkpoints cannot be signed, instead of a stack trace. */
final class SigningKeyUnusableAnalyzer extends AbstractFailureAnalyzer<SigningKeyUnusable> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SigningKeyUnusable cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
