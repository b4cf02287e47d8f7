package io.eventagents.local.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A place in the code that hands a regular expression to the JDK.
 *
 * @param owner the class, nested ones by the outermost
 * @param call such as {@code String.split}
 * @param regex null where it is not a constant
 */
record RegexUse(String owner, String call, @Nullable String regex) {

  /** Whether it looks for matches within a text, and does not only compare all of it. */
  boolean searches() {
    return call.startsWith("Scanner") || call.contains("replace") || call.contains("split");
  }
}
