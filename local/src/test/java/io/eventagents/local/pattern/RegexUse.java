package io.eventagents.local.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A place in the code that hands a regular expression to the JDK.
 *
 * @param owner the class; the outermost one for a nested class
 * @param call the method, such as {@code String.split}
 * @param regex the expression; null if it is not a constant
 */
record RegexUse(String owner, String call, @Nullable String regex) {

  /** Whether it searches for matches within a text, rather than compare the whole text. */
  boolean searches() {
    return call.startsWith("Scanner") || call.contains("replace") || call.contains("split");
  }
}
