package io.eventagents.web;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the names of this machine in a {@code Host} header: {@code localhost} and its
 * subdomains, 127.0.0.0/8 and ::1, with or without a port.
 */
final class LoopbackName {

  /** No group repeats: a long name would overflow the stack. */
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:([a-z0-9.-]*)localhost|127(?:\\.[0-9]{1,3}){3}|\\[(?:::1|0:0:0:0:0:0:0:1)])(?::[0-9]*)?");

  private LoopbackName() {}

  static boolean is(String host) {
    Matcher name = LOOPBACK.matcher(host.toLowerCase(Locale.ROOT));
    return name.matches() && areLabels(name.group(1));
  }

  /** Whether localhost follows nothing, or labels that each end with a dot. */
  private static boolean areLabels(@Nullable String names) {
    return names == null
        || names.isEmpty()
        || (names.endsWith(".") && !names.startsWith(".") && !names.contains(".."));
  }
}
