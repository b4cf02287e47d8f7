package io.eventagents.audit.console;

import java.util.Locale;

/** Counts and sizes as pages show them. */
final class Counts {

  private Counts() {}

  /** Such as {@code 1 event} or {@code 12,345 events}. */
  static String of(long count, String thing) {
    return number(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** Such as {@code 12,345}. */
  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Such as {@code 3.2 MiB}. */
  static String bytes(long count) {
    if (count < 1024) {
      return of(count, "byte");
    }
    double size = count;
    for (String unit : new String[] {"KiB", "MiB", "GiB"}) {
      size /= 1024;
      if (size < 1024) {
        return String.format(Locale.ROOT, "%.1f %s", size, unit);
      }
    }
    return String.format(Locale.ROOT, "%.1f TiB", size / 1024);
  }
}
