package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Page;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest dead letters, up to a number of them, or fewer if they are too large together.
 * Used by one thread.
 */
final class NewestDeadLetters {

  private static final Comparator<Letter> BY_AGE = Comparator.comparing(Letter::failedAt);
  private static final long MOST_BYTES = 8L * 1024 * 1024;
  private static final int BYTES_OF_EACH = 512;

  private final int limit;
  private final PriorityQueue<Letter> newest = new PriorityQueue<>(BY_AGE);
  private long bytes;
  private long matched;

  NewestDeadLetters(int limit) {
    this.limit = limit;
  }

  void add(StoredDeadLetter letter) {
    matched++;
    if (newest.size() == limit && !letter.failedOn().isAfter(newest.element().failedAt())) {
      return;
    }
    Letter shown = DeadLetterView.of(letter);
    newest.add(shown);
    bytes += size(shown);
    while (newest.size() > limit || (bytes > MOST_BYTES && newest.size() > 1)) {
      bytes -= size(newest.remove());
    }
  }

  private static long size(Letter letter) {
    return BYTES_OF_EACH
        + letter.reason().length()
        + letter.eventType().length()
        + size(letter.eventId())
        + size(letter.correlationId())
        + size(letter.key())
        + size(letter.exception());
  }

  private static long size(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  Page page() {
    return new Page(newest.stream().sorted(BY_AGE.reversed()).toList(), matched);
  }
}
