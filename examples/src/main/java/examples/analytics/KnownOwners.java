package examples.analytics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The owners that are measured separately: the first ones that came, up to a limit. Thread-safe.
 */
final class KnownOwners {

  /** All others together. No owner has this id, because ids have no blanks. */
  static final String OTHERS = "all others";

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final int atMost;

  KnownOwners(int atMost) {
    this.atMost = atMost;
  }

  String nameOf(String ownerId) {
    if (known.contains(ownerId)) {
      return ownerId;
    }
    synchronized (this) {
      if (known.size() >= atMost) {
        return OTHERS;
      }
      known.add(ownerId);
      return ownerId;
    }
  }
}
