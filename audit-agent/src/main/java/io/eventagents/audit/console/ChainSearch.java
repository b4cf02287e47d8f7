package io.eventagents.audit.console;

import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.ChainStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds chains by any id or text. Thread-safe. */
final class ChainSearch {

  private static final int SHOWN = 50;

  private final ChainOutlines outlines;

  ChainSearch(ChainOutlines outlines) {
    this.outlines = outlines;
  }

  /**
   * What was found.
   *
   * @param path of the one thing that has this very id; null where there is none
   * @param starts of the chains in which the term occurs
   * @param more whether there are more
   */
  record Found(@Nullable String path, List<ChainStart> starts, boolean more) {}

  /** An id leads to what it names; anything else to the chains that have it. */
  Found find(String term) {
    if (!outlines.start(term).isEmpty()) {
      return new Found(Links.chain(term), List.of(), false);
    }
    if (outlines.hasEvent(term)) {
      return new Found(Links.event(term), List.of(), false);
    }
    List<ChainStart> starts = outlines.with(term, SHOWN + 1);
    boolean more = starts.size() > SHOWN;
    return new Found(null, more ? starts.subList(0, SHOWN) : starts, more);
  }
}
