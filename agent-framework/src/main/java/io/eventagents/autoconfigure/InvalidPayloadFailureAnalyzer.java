package io.eventagents.autoconfigure;

import io.eventagents.wire.InvalidPayload;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a publisher's payload and what to do, instead of a stack trace. */
final class InvalidPayloadFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPayload> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPayload cause) {
    return new FailureAnalysis(cause.problem(), cause.action(), cause);
  }
}
