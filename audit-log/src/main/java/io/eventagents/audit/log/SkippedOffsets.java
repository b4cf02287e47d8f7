package io.eventagents.audit.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What was passed over on an operator's word, until the next line of its partition tells of it.
 * After a crash before that line the consumer meets the same record again, and so says it again.
 * Thread-safe.
 */
final class SkippedOffsets {

  private final List<Gap> skipped = new CopyOnWriteArrayList<>();

  void add(Gap offsets) {
    skipped.add(offsets);
  }

  /** The reasons of these gaps; the broker is asked for those that nothing was skipped in. */
  Map<Gap, GapReason> among(Collection<Gap> gaps, GapReasons others) {
    Map<Gap, GapReason> reasons = new HashMap<>();
    List<Gap> unexplained = new ArrayList<>();
    for (Gap gap : gaps) {
      if (skipped.stream().anyMatch(gap::overlaps)) {
        reasons.put(gap, GapReason.SKIPPED);
      } else {
        unexplained.add(gap);
      }
    }
    if (!unexplained.isEmpty()) {
      reasons.putAll(others.of(unexplained));
    }
    return reasons;
  }

  /** Lines tell of these gaps now. */
  void told(Collection<Gap> gaps) {
    if (!skipped.isEmpty()) {
      skipped.removeIf(one -> gaps.stream().anyMatch(one::overlaps));
    }
  }
}
