package io.eventagents.notification.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was sent and is not yet known to be recorded. Where recording fails, the database being away
 * say, the event comes again: then this process knows that nothing is to be sent once more.
 * Thread-safe.
 *
 * <p>Bounded: an entry is left over only where another instance handles the event in the end.
 */
final class UnsettledSends {

  private static final int MOST = 1_000;

  private final Map<String, Sent> byKey =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What was sent of these events under this key; of others, as where a message became a digest
   * since, it says nothing.
   */
  synchronized Optional<SentMessage> find(String key, List<String> eventIds) {
    return Optional.ofNullable(byKey.get(key))
        .filter(sent -> sent.eventIds().equals(eventIds))
        .map(Sent::message);
  }

  synchronized void add(String key, List<String> eventIds, SentMessage message) {
    byKey.put(key, new Sent(List.copyOf(eventIds), message));
  }

  synchronized void settle(String key) {
    byKey.remove(key);
  }

  private record Sent(List<String> eventIds, SentMessage message) {}
}
