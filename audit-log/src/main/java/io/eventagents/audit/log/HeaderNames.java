package io.eventagents.audit.log;

import java.util.HashMap;
import java.util.Map;

/**
 * Header names as they start a header in a line, which are few and come with every record. Not
 * thread-safe.
 */
final class HeaderNames {

  /** Names are the producers': many different ones must not fill the memory. */
  private static final int MOST = 256;

  private static final int LONGEST = 128;

  private final Map<String, byte[]> known = new HashMap<>();

  /** {@code ["name",}. */
  byte[] start(String name) {
    byte[] start = known.get(name);
    if (start == null) {
      start = new LineBuffer(name.length() + 4).ascii('[').string(name).ascii(',').copy();
      if (known.size() < MOST && name.length() <= LONGEST) {
        known.put(name, start);
      }
    }
    return start;
  }
}
