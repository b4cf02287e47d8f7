package examples.analytics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The owners that are told apart: those that came first, and no more. Thread-safe. */
final class KnownOwners {

  /** All others together. No owner is called so: ids have no blanks. */
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
