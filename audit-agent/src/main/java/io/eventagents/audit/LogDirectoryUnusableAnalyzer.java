package io.eventagents.audit;

import io.eventagents.audit.log.LogDirectoryUnusable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in one line, instead of a stack trace, why the log cannot be written. */
final class LogDirectoryUnusableAnalyzer extends AbstractFailureAnalyzer<LogDirectoryUnusable> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, LogDirectoryUnusable cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
