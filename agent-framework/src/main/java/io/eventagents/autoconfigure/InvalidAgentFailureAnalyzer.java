package io.eventagents.autoconfigure;

import io.eventagents.binding.InvalidAgent;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with an agent and what to do, instead of a stack trace. */
final class InvalidAgentFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAgent> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidAgent cause) {
    return new FailureAnalysis(cause.problem(), cause.action(), cause);
  }
}
