package io.eventagents.notification.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that were sent, but may not be recorded yet. If recording fails, for example because the
 * database is away, the event comes again. This process then knows not to send the message again.
 * Thread-safe.
 *
 * <p>The number is bounded. An entry remains only if another instance handles the event in the end.
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
   * The message that was sent about these events with this key. Empty if it was about other events,
   * for example because the message has become a digest since.
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
