package io.eventagents.web;

import java.util.Locale;
import java.util.regex.Pattern;

/** Turns names of Java properties into the names that clients know. */
final class SnakeCase {

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private SnakeCase() {}

  static String of(String name) {
    return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
