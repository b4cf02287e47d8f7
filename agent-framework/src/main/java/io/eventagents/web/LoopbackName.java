package io.eventagents.web;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the names of this machine, as a {@code Host} header has them, from all others: {@code
 * localhost} and what is below it, 127.0.0.0/8 and ::1, with or without a port.
 */
final class LoopbackName {

  /** Without groups that repeat: a long name would overflow the stack. */
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:([a-z0-9.-]*)localhost|127(?:\\.[0-9]{1,3}){3}|\\[(?:::1|0:0:0:0:0:0:0:1)])(?::[0-9]*)?");

  private LoopbackName() {}

  static boolean is(String host) {
    Matcher name = LOOPBACK.matcher(host.toLowerCase(Locale.ROOT));
    return name.matches() && areLabels(name.group(1));
  }

  /** Whether what stands before localhost is nothing, or names that each end with a dot. */
  private static boolean areLabels(@Nullable String names) {
    return names == null
        || names.isEmpty()
        || (names.endsWith(".") && !names.startsWith(".") && !names.contains(".."));
  }
}
