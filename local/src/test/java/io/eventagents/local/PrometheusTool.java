package io.eventagents.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Prometheus' own check of meters: {@code promtool} of Debian's package {@code prometheus}. If it
 * is not installed, its tests are skipped, unless {@code EVENT_AGENTS_PROMTOOL} is {@code
 * required}: then they fail.
 */
final class PrometheusTool {

  /** Names that Kafka's clients and Micrometer's binders choose, and that dashboards know. */
  private static final Predicate<String> CHOSEN_BY_OTHERS =
      Pattern.compile("(kafka|jvm|process|system)_[a-z0-9_]+ (metric names|non-histogram) .*")
          .asMatchPredicate();

  private PrometheusTool() {}

  static PrometheusTool installed() {
    boolean isInstalled =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "promtool")));
    if ("required".equals(System.getenv("EVENT_AGENTS_PROMTOOL"))) {
      assertThat(isInstalled).as("Debian's package prometheus is installed").isTrue();
    }
    assumeTrue(isInstalled, "Debian's package prometheus is not installed");
    return new PrometheusTool();
  }

  /**
   * What is wrong with these meters, apart from names that others have chosen.
   *
   * @param exposition as Prometheus reads it
   */
  List<String> faults(String exposition) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(exposition.getBytes(UTF_8));
    }
    List<String> said = process.inputReader(UTF_8).lines().toList();
    int status = process.waitFor();
    // 3 means that it read everything and has remarks.
    assertThat(status).as("What promtool says: %s", said).isIn(0, 3);
    return said.stream().filter(CHOSEN_BY_OTHERS.negate()).toList();
  }
}
