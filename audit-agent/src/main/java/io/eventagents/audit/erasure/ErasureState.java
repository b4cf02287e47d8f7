package io.eventagents.audit.erasure;

import java.util.Locale;

/** The state of an erasure. */
enum ErasureState {
  /** It waits for its turn. */
  REQUESTED,
  /** The log is searched for the chains that concern the subject. */
  SEARCHING,
  /** The files are rewritten. */
  ERASING,
  /** The index and the shipped files are updated from the files. */
  INDEXING,
  /** It is done. */
  COMPLETED;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ErasureState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
