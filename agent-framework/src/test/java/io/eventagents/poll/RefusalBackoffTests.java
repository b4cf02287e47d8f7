package io.eventagents.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalBackoffTests {

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final RefusalBackoff backoff = new RefusalBackoff();
  private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  @Test
  void restsLongerAndLonger() {
    List<Duration> rests = new ArrayList<>();
    while (rests.size() < 10) {
      Duration delay = refused();
      if (rests.isEmpty() || delay.compareTo(rests.getLast()) > 0) {
        rests.add(delay);
      } else if (delay.compareTo(LONGEST_REST) >= 0) {
        break;
      }
    }

    assertThat(rests).isSorted();
    assertThat(rests.getLast()).isEqualTo(LONGEST_REST);
  }

  @Test
  void connectionsThatTellOfAnEarlierRefusalCostNoRestEach() {
    while (refused().compareTo(LONGEST_REST) < 0) {
      // It is refused for long.
    }

    for (int connection = 0; connection < 5; connection++) {
      assertThat(refused()).isLessThan(SHORT);
    }
  }

  @Test
  void looksNoLongerThanAFewSecondsBehindARest() {
    while (refused().compareTo(LONGEST_REST) < 0) {
      // It is refused for long.
    }

    int looks = 0;
    while (refused().compareTo(SHORT) < 0) {
      looks++;
    }
    assertThat(looks).isBetween(5, 15);
  }

  @Test
  void beginsAnewOnceItIsTaken() {
    assertThat(backoff.isOver()).isFalse();
    Duration first = refused();
    while (refused().compareTo(LONGEST_REST) < 0) {
      // It is refused for long.
    }

    assertThat(backoff.isOver()).isTrue();
    assertThat(backoff.isOver()).isFalse();
    assertThat(refused()).isEqualTo(first);
  }

  /** Refused again as soon as it looks again. */
  private Duration refused() {
    Duration delay = backoff.next(now);
    now += delay.toNanos();
    return delay;
  }
}
