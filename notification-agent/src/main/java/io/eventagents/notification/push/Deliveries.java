package io.eventagents.notification.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One message to all devices of somebody: it is sent where one of them takes it. */
final class Deliveries<D> {

  private static final int MOST = 10_000;

  /** As long as an agent repeats an event at most. */
  private static final Duration REPEATED = Duration.ofDays(1);

  /**
   * Which devices have what could not be sent to all: an outage of one's push service is repeated
   * until it is over, and the others must not be told each time. Only a restart forgets it.
   */
  private final Cache<String, Map<D, String>> unfinished =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REPEATED).build();

  /**
   * Sends it to each that does not have it. A failure that concerns all devices ends it.
   *
   * @param message its address is published: devices have addresses that nobody should read
   * @param send answers with the provider's id, or throws that this device is out of reach
   * @throws Undeliverable where none takes it, with the reason of each
   */
  SentMessage toEach(OutgoingMessage message, List<D> devices, Function<D, String> send) {
    Map<D, String> taken =
        new LinkedHashMap<>(unfinished.asMap().getOrDefault(message.idempotencyKey(), Map.of()));
    List<String> refusals = new ArrayList<>();
    try {
      for (D device : devices) {
        try {
          taken.computeIfAbsent(device, send);
        } catch (Undeliverable e) {
          refusals.add(e.reason());
        }
      }
    } catch (RuntimeException unavailable) {
      if (!taken.isEmpty()) {
        unfinished.put(message.idempotencyKey(), taken);
      }
      throw unavailable;
    }
    unfinished.invalidate(message.idempotencyKey());
    if (taken.isEmpty()) {
      throw new Undeliverable(String.join("; ", refusals));
    }
    return new SentMessage(message.address(), String.join(" ", taken.values()));
  }
}
