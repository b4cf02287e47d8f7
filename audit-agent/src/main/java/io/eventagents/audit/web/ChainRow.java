package io.eventagents.audit.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as the page shows it.
 *
 * @param branches the lines left of it, from the root on, as names of style classes
 * @param level its depth, counted from 1
 * @param sinceRoot how long after its root it happened, such as {@code +1.2 s}; empty for a root
 * @param data laid out for reading; null where there is none
 * @param shortened whether the data are longer than what is shown
 */
record ChainRow(
    ChainEvent event,
    List<String> branches,
    int level,
    String sinceRoot,
    @Nullable String data,
    boolean shortened) {

  private static final int LONGEST_DATA = 16 * 1024;

  static ChainRow of(ChainEvent event, List<String> branches, Instant root) {
    String data = event.data();
    boolean shortened = data != null && data.length() > LONGEST_DATA;
    return new ChainRow(
        event,
        branches,
        event.depth() + 1,
        event.depth() == 0 ? "" : since(Duration.between(root, event.occurredAt())),
        data == null ? null : shortened ? data.substring(0, LONGEST_DATA) : JsonIndent.of(data),
        shortened);
  }

  /** Depth beyond what the page indents. */
  public boolean deep() {
    return event.depth() > branches.size();
  }

  private static String since(Duration duration) {
    return (duration.isNegative() ? "−" : "+") + Durations.text(duration.abs());
  }
}
