package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.InvalidSetting;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class DeclarationFailureAnalyzerTests {

  @Test
  void saysWhatIsWrongWithASettingWhereverItIsFound() {
    Exception failure =
        new BeanCreationException(
            "invoices",
            new InvalidSetting(
                "invoices.bucket is set without invoices.region", "Set both, or neither."));

    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((text, cause) -> {}))
                .stream()
                .filter(DeclarationFailureAnalyzer.class::isInstance)
                .map(analyzer -> analyzer.analyze(failure)))
        .singleElement()
        .extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
        .containsExactly("invoices.bucket is set without invoices.region", "Set both, or neither.");
  }
}
