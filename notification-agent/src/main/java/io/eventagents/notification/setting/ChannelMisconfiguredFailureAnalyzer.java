package io.eventagents.notification.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports the failed start in two lines instead of a stack trace. */
public final class ChannelMisconfiguredFailureAnalyzer
    extends AbstractFailureAnalyzer<ChannelMisconfigured> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ChannelMisconfigured cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
