package io.eventagents.audit;

import io.eventagents.audit.proof.SigningKeyUnusable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in one line, instead of a stack trace, why checkpoints cannot be signed. */
final class SigningKeyUnusableAnalyzer extends AbstractFailureAnalyzer<SigningKeyUnusable> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SigningKeyUnusable cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
