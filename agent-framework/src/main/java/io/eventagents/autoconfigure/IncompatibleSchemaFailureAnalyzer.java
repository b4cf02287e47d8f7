package io.eventagents.autoconfigure;

import io.eventagents.IncompatibleSchema;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which versions do not work together and what to do, instead of a stack trace. */
final class IncompatibleSchemaFailureAnalyzer extends AbstractFailureAnalyzer<IncompatibleSchema> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, IncompatibleSchema cause) {
    return new FailureAnalysis(cause.problem(), cause.action(), cause);
  }
}
