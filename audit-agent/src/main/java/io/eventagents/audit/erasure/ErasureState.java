package io.eventagents.audit.erasure;

import java.util.Locale;

/** How far an erasure is. */
enum ErasureState {
  /** Waits for its turn. */
  REQUESTED,
  /** The log is read for the chains that the subject is concerned by. */
  SEARCHING,
  /** Files are rewritten. */
  ERASING,
  /** The index and what was shipped are brought up to the files. */
  INDEXING,
  /** Done. */
  COMPLETED;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ErasureState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
