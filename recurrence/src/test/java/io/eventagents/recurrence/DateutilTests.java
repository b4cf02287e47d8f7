package io.eventagents.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules recur when python-dateutil says, which reckons by itself. */
class DateutilTests {

  private static final int RULES = 2_000;

  @Test
  void agreesOnRulesThatWereKept() throws IOException {
    try (InputStream kept =
        Objects.requireNonNull(getClass().getResourceAsStream("/rules/dateutil.tsv"))) {
      List<RuleCase> cases = cases(kept);

      assertThat(cases).hasSize(300);
      cases.forEach(RuleCase::verify);
    }
  }

  /**
   * Needs Debian's package {@code python3-dateutil}. Without it, the test is skipped, unless {@code
   * EVENT_AGENTS_DATEUTIL} is {@code required}.
   */
  @Test
  void agreesOnRandomRules() throws IOException, InterruptedException {
    if (!"required".equals(System.getenv("EVENT_AGENTS_DATEUTIL"))) {
      assumeTrue(isInstalled(), "Debian's package python3-dateutil is not installed");
    }
    int seed = new Random().nextInt(1_000_000);
    Process python = rules(RULES, seed).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<RuleCase> cases = cases(python.getInputStream());

    assertThat(python.waitFor()).as("the exit code of rules.py").isZero();
    assertThat(cases).hasSize(RULES);
    assertThat(cases).as("rules of the seed %d", seed).allSatisfy(RuleCase::verify);
  }

  private static List<RuleCase> cases(InputStream lines) throws IOException {
    return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(RuleCase::of)
        .toList();
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return rules(0, 0).start().waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }

  private static ProcessBuilder rules(int number, int seed) {
    return new ProcessBuilder(
        Path.of("src/test/python/rules.py").toAbsolutePath().toString(),
        String.valueOf(number),
        String.valueOf(seed));
  }
}
