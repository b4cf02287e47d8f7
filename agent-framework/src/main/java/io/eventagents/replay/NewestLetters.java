package io.eventagents.replay;

import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Page;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Adds one letter after the other, and keeps so many of the newest. Used by one thread. */
final class NewestLetters {

  private static final Comparator<Letter> BY_AGE = Comparator.comparing(Letter::failedAt);

  private final int limit;
  private final PriorityQueue<Letter> newest = new PriorityQueue<>(BY_AGE);
  private long matched;

  NewestLetters(int limit) {
    this.limit = limit;
  }

  void add(DeadLetter letter) {
    matched++;
    newest.add(DeadLetterView.of(letter));
    if (newest.size() > limit) {
      newest.remove();
    }
  }

  Page page() {
    return new Page(newest.stream().sorted(BY_AGE.reversed()).toList(), matched);
  }
}
