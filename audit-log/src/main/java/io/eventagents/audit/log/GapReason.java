package io.eventagents.audit.log;

import java.util.Locale;
import java.util.Optional;

/** Why offsets of a partition were never delivered. */
public enum GapReason {
  /** The broker holds nothing there for readers: marks and aborted records of transactions. */
  TRANSACTIONS,
  /** The broker compacted records away that later ones of their key replaced. */
  COMPACTION,
  /** The broker deleted records before they were read: a loss. */
  RETENTION,
  /** An operator had records passed over that could not be read: a loss that has a name. */
  SKIPPED,
  /** The broker could not be asked. */
  UNKNOWN;

  /** As it stands in a line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether no record that anybody could still read is missing. */
  public boolean isLegitimate() {
    return this == TRANSACTIONS || this == COMPACTION;
  }

  /** The reason of this name; empty if there is none. */
  public static Optional<GapReason> of(String text) {
    for (GapReason reason : values()) {
      if (reason.text().equals(text)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
