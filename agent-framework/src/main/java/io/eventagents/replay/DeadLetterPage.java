package io.eventagents.replay;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The newest letters that match.
 *
 * @param deadLetters newest first
 * @param matched how many match in all
 */
@JsonNaming(SnakeCaseStrategy.class)
record DeadLetterPage(List<DeadLetterView> deadLetters, long matched) {

  /** Adds one letter after the other, and keeps so many of the newest. Used by one thread. */
  static final class Newest {

    private static final Comparator<DeadLetterView> BY_AGE =
        Comparator.comparing(DeadLetterView::failedAt);

    private final int limit;
    private final PriorityQueue<DeadLetterView> newest = new PriorityQueue<>(BY_AGE);
    private long matched;

    Newest(int limit) {
      this.limit = limit;
    }

    void add(DeadLetter letter) {
      matched++;
      newest.add(DeadLetterView.of(letter));
      if (newest.size() > limit) {
        newest.remove();
      }
    }

    DeadLetterPage page() {
      return new DeadLetterPage(newest.stream().sorted(BY_AGE.reversed()).toList(), matched);
    }
  }
}
