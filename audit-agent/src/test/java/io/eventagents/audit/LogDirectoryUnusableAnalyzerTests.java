package io.eventagents.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventagents.audit.log.LogDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class LogDirectoryUnusableAnalyzerTests {

  @TempDir Path path;

  @Test
  void saysInOneLineThatAnotherAgentWritesTheLog() throws Exception {
    try (LogDirectory held = LogDirectory.open(path)) {
      Throwable failure = catchThrowable(() -> LogDirectory.open(held.path()));

      FailureAnalysis analysis =
          SpringFactoriesLoader.forDefaultResourceLocation()
              .load(FailureAnalyzer.class, (type, name, needsMore) -> {})
              .stream()
              .filter(LogDirectoryUnusableAnalyzer.class::isInstance)
              .findFirst()
              .orElseThrow()
              .analyze(new IllegalStateException("The context does not start", failure));

      assertThat(analysis).isNotNull();
      assertThat(analysis.getDescription())
          .contains(
              path.toString(), "another audit agent", "process " + ProcessHandle.current().pid())
          .doesNotContain("\n");
      assertThat(analysis.getAction()).contains("audit.directory");
    }
  }
}
