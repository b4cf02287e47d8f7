package io.eventagents.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTests {

  private final RandomGenerator random = new Random(42);

  @Test
  void delaysGrowUpToTheLongest() {
    RetryPolicy policy = policy(6, "PT0.5S", 2, "PT3S", 0);

    assertThat(IntStream.rangeClosed(1, 5).mapToObj(failed -> policy.delayAfter(failed, random)))
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
  }

  @Test
  void jitterSpreadsADelayToBothSides() {
    RetryPolicy policy = policy(4, "PT10S", 1, "PT10S", 0.2);

    assertThat(IntStream.range(0, 1000).mapToObj(i -> policy.delayAfter(1, random)).toList())
        .allSatisfy(
            delay -> assertThat(delay).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12)))
        .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofMillis(8500)))
        .anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofMillis(11500)));
  }

  @ParameterizedTest
  @CsvSource({
    "1,          PT10S, 2, PT10S, 1,   PT0S",
    "2,          PT10S, 2, PT10S, 0,   PT10S",
    "4,          PT0.5S, 2, PT10S, 0.2, PT4.2S",
    "6,          PT0.5S, 2, PT3S, 0,   PT9.5S",
    "21,         PT10S, 1, PT10S, 0.2, PT4M",
    "2147483647, PT0S,  2, PT10S, 0.2, PT0S",
    "1000001,    PT1S,  1, PT1S,  0,   PT1000000S",
    "2147483647, PT24H, 1, PT24H, 1,   PT2562047H47M16.854775807S"
  })
  void theBudgetIsTheLongestThatAllDelaysTakeTogether(
      int attempts,
      String initial,
      double multiplier,
      String longest,
      double jitter,
      Duration budget) {
    assertThat(policy(attempts, initial, multiplier, longest, jitter).budget()).isEqualTo(budget);
  }

  @Test
  void noDelaysTogetherExceedTheBudget() {
    RetryPolicy policy = policy(8, "PT0.1S", 1.7, "PT2S", 1);

    for (int run = 0; run < 500; run++) {
      Duration sum =
          IntStream.range(1, policy.attempts())
              .mapToObj(failed -> policy.delayAfter(failed, random))
              .reduce(Duration.ZERO, Duration::plus);

      assertThat(sum).isLessThanOrEqualTo(policy.budget());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S,  2,   PT10S, 0,    attempts is 0",
    "4, PT-1S, 2,   PT10S, 0,    initial-delay is negative",
    "4, PT1S,  0.5, PT10S, 0,    multiplier is 0.5",
    "4, PT1S,  NaN, PT10S, 0,    multiplier is NaN",
    "4, PT2S,  2,   PT1S,  0,    max-delay (PT1S) is shorter than initial-delay (PT2S)",
    "4, PT1S,  2,   PT25H, 0,    max-delay is PT25H",
    "4, PT1S,  2,   PT10S, -0.1, jitter is -0.1",
    "4, PT1S,  2,   PT10S, 1.1,  jitter is 1.1",
    "4, PT1S,  2,   PT10S, NaN,  jitter is NaN"
  })
  void contradictionsAreNamed(
      int attempts,
      String initial,
      double multiplier,
      String longest,
      double jitter,
      String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(attempts, initial, multiplier, longest, jitter))
        .withMessageStartingWith(problem);
  }

  private static RetryPolicy policy(
      int attempts, String initial, double multiplier, String longest, double jitter) {
    return new RetryPolicy(
        attempts, Duration.parse(initial), multiplier, Duration.parse(longest), jitter);
  }
}
