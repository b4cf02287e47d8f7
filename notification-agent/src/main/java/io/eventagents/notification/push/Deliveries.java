package io.eventagents.notification.push;

import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One message to all devices of somebody: it is sent where one of them takes it. */
final class Deliveries {

  private Deliveries() {}

  /**
   * Sends it to each. A failure that concerns all devices ends it; the repeat then reaches those
   * that had it, which replace it.
   *
   * @param address as it is published: devices have addresses that nobody should read
   * @param send answers with the provider's id, or throws that this device is out of reach
   * @throws Undeliverable where none takes it, with the reason of each
   */
  static <D> SentMessage toEach(String address, List<D> devices, Function<D, String> send) {
    List<String> ids = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (D device : devices) {
      try {
        ids.add(send.apply(device));
      } catch (Undeliverable e) {
        refusals.add(e.reason());
      }
    }
    if (ids.isEmpty()) {
      throw new Undeliverable(String.join("; ", refusals));
    }
    return new SentMessage(address, String.join(" ", ids));
  }
}
