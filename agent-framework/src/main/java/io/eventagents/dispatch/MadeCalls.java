package io.eventagents.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls from which an agent returned, but which could not be recorded. The event comes again, and
 * this process does not call the agent a second time: it only does what is left to do. Thread-safe.
 *
 * <p>Bounded: an entry is left over only if another instance handles the event in the end, or if
 * the event was given up.
 */
final class MadeCalls {

  private static final int MOST = 1_000;

  private final Map<String, CallResult> byEventId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CallResult> eldest) {
          return size() > MOST;
        }
      };

  synchronized @Nullable CallResult find(String eventId) {
    return byEventId.get(eventId);
  }

  synchronized void add(String eventId, CallResult result) {
    byEventId.put(eventId, result);
  }

  synchronized void remove(String eventId) {
    byEventId.remove(eventId);
  }
}
