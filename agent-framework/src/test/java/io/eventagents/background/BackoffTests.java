package io.eventagents.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTests {

  private static final Backoff SHORT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
  private static final List<Long> GROWING =
      List.of(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);

  @Test
  void doublesUpToTheLongest() {
    assertThat(Stream.iterate(SHORT.next(Duration.ZERO), SHORT::next).limit(GROWING.size()))
        .extracting(Duration::toMillis)
        .isEqualTo(GROWING);
  }

  @Test
  void isTheSameAfterSoManyFailures() {
    assertThat(IntStream.rangeClosed(1, GROWING.size()).mapToObj(SHORT::after))
        .extracting(Duration::toMillis)
        .isEqualTo(GROWING);
  }

  @Test
  void endsAtAPowerOfTwo() {
    Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(256));

    assertThat(backoff.after(7)).hasSeconds(128);
    assertThat(backoff.after(8)).hasSeconds(256);
    assertThat(backoff.after(9)).hasSeconds(256);
  }

  @Test
  void isNeverLongerThanTheLongest() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMillis(10));

    assertThat(backoff.after(1)).hasMillis(10);
    assertThat(backoff.next(Duration.ofSeconds(2))).hasMillis(10);
  }

  @Test
  void takesAnyNumberOfFailures() {
    assertThat(SHORT.after(0)).hasMillis(200);
    assertThat(SHORT.after(Integer.MAX_VALUE)).hasSeconds(5);
    assertThat(new Backoff(Duration.ofSeconds(1), Duration.ofDays(365)).after(Integer.MAX_VALUE))
        .hasDays(365);
  }
}
