package io.eventagents.audit.console;

import org.jspecify.annotations.Nullable;

/**
 * What the check of a record's line in the log found.
 *
 * @param kind {@code unchanged}, {@code changed}, {@code erased} or {@code unread}
 * @param text the finding in a sentence
 * @param payload the bytes as they came; null if the line does not have them
 */
@SuppressWarnings("ArrayRecordComponent") // Shown once, never compared.
record LineVerdict(String kind, String text, byte @Nullable [] payload) {

  static LineVerdict changed(String how, byte @Nullable [] payload) {
    return new LineVerdict("changed", how, payload);
  }

  static LineVerdict unread(String why) {
    return new LineVerdict("unread", why, null);
  }
}
