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

  /** Left out if Python or its library is missing, unless EVENT_AGENTS_DATEUTIL is "required". */
  @Test
  void agreesOnRandomRules() throws IOException, InterruptedException {
    assumeTrue(isThere(), "there is no python3 with the module dateutil");
    long seed = new Random().nextInt(1_000_000);
    System.out.printf("Random rules of the seed %d%n", seed);
    Process python =
        new ProcessBuilder(
                "python3",
                Path.of("src/test/python/rules.py").toString(),
                String.valueOf(RULES),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<RuleCase> cases = cases(python.getInputStream());

    assertThat(python.waitFor()).as("the exit code of rules.py").isZero();
    assertThat(cases).hasSize(RULES);
    cases.forEach(RuleCase::verify);
  }

  private static List<RuleCase> cases(InputStream lines) throws IOException {
    return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(RuleCase::of)
        .toList();
  }

  private static boolean isThere() throws InterruptedException {
    if ("required".equals(System.getenv("EVENT_AGENTS_DATEUTIL"))) {
      return true;
    }
    try {
      Process python = new ProcessBuilder("python3", "-c", "import dateutil.rrule").start();
      return python.waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }
}
