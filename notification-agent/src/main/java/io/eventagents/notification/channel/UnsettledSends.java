package io.eventagents.notification.channel;

import java.util.LinkedHashMap;
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

  private final Map<String, SentMessage> byKey =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SentMessage> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<SentMessage> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  synchronized void add(String key, SentMessage sent) {
    byKey.put(key, sent);
  }

  synchronized void settle(String key) {
    byKey.remove(key);
  }
}
