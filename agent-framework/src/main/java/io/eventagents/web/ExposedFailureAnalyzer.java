package io.eventagents.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows an {@link ExposedException} without a stack trace. */
final class ExposedFailureAnalyzer extends AbstractFailureAnalyzer<ExposedException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ExposedException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
