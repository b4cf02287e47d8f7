package io.eventagents.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that an agent returned from and that could not be recorded. The event comes again, and
 * within this process the agent is not called a second time: only what is left to do is done.
 * Thread-safe.
 *
 * <p>Bounded: an entry is left over only where another instance handles the event in the end, or
 * where the event was given up.
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
