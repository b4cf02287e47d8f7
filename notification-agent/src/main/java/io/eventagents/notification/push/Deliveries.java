package io.eventagents.notification.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends one message to all devices of a recipient. It counts as sent if at least one of them
 * accepts it.
 */
final class Deliveries<D> {

  /** The longest time that an agent repeats an event. */
  private static final Duration REPEATED = Duration.ofDays(1);

  /**
   * The devices that have a message that could not be sent to all. During an outage of one push
   * service the event is repeated until the outage is over, and the other devices must not get the
   * message each time. Only a restart forgets this.
   */
  private final Cache<String, Map<D, String>> unfinished =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REPEATED).build();

  /**
   * Sends the message to each device that does not have it. A failure that concerns all devices
   * ends this.
   *
   * @param message its address is published instead of the devices' addresses, which are secret
   * @param send returns the provider's id, or throws {@link Undeliverable} if the device cannot be
   *     reached
   * @throws Undeliverable if no device accepts it, with the reason of each
   * @throws RuntimeException the failure that concerns all devices. It suppresses an {@link
   *     Undeliverable} with the devices before that are gone, so that the repeat leaves them out
   */
  SentMessage toEach(OutgoingMessage message, List<D> devices, Function<D, String> send) {
    Map<D, String> taken =
        new LinkedHashMap<>(unfinished.asMap().getOrDefault(message.idempotencyKey(), Map.of()));
    List<String> refusals = new ArrayList<>();
    Map<String, String> gone = new HashMap<>();
    try {
      for (D device : devices) {
        try {
          taken.computeIfAbsent(device, send);
        } catch (Undeliverable e) {
          refusals.add(e.reason());
          gone.putAll(e.gone());
        }
      }
    } catch (RuntimeException unavailable) {
      if (!taken.isEmpty()) {
        unfinished.put(message.idempotencyKey(), taken);
      }
      if (!gone.isEmpty()) {
        unavailable.addSuppressed(undeliverable(refusals, gone));
      }
      throw unavailable;
    }
    unfinished.invalidate(message.idempotencyKey());
    if (taken.isEmpty()) {
      throw undeliverable(refusals, gone);
    }
    return new SentMessage(message.address(), String.join(" ", taken.values()), gone);
  }

  private static Undeliverable undeliverable(List<String> refusals, Map<String, String> gone) {
    return new Undeliverable(String.join("; ", refusals), null, gone);
  }
}
