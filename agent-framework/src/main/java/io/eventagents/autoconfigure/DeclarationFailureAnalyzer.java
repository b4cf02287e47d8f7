package io.eventagents.autoconfigure;

import io.eventagents.IncompatibleSchema;
import io.eventagents.InvalidSetting;
import io.eventagents.binding.InvalidAgent;
import io.eventagents.wire.InvalidPayload;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says what is wrong with an agent, a payload or a setting, or which versions do not work together,
 * and what to do, instead of a stack trace.
 */
final class DeclarationFailureAnalyzer implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case InvalidAgent e -> {
          return new FailureAnalysis(e.problem(), e.action(), e);
        }
        case InvalidSetting e -> {
          return new FailureAnalysis(e.problem(), e.action(), e);
        }
        case InvalidPayload e -> {
          return new FailureAnalysis(e.problem(), e.action(), e);
        }
        case IncompatibleSchema e -> {
          return new FailureAnalysis(e.problem(), e.action(), e);
        }
        default -> {}
      }
    }
    return null;
  }
}
