package io.eventagents.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong passwords by the address that they come from. The password of an address with too
 * many is not checked for a while, whether right or wrong. Other addresses are not affected, so
 * nobody can lock a user out from elsewhere. There is also a limit for all addresses together,
 * except those that sent a right password within the last hour. Thread-safe; memory is bounded.
 */
final class Attempts {

  private static final int ADDRESSES = 10_000;
  private static final int TRUSTED = 1_000;
  private static final Duration TRUST = Duration.ofHours(1);

  private final int perAddress;
  private final LongSupplier nanos;
  private final Allowance overall;
  private final Map<String, Allowance> failing = new LatestMap<>(ADDRESSES);
  private final Map<String, Long> trusted = new LatestMap<>(TRUSTED);

  Attempts(WebSettings.AttemptLimits limits, LongSupplier nanos) {
    this.perAddress = limits.perAddress();
    this.nanos = nanos;
    this.overall = new Allowance(limits.overall(), limits.overall(), nanos);
  }

  /** How long a client has to wait before its password is checked; zero if it need not wait. */
  synchronized Duration wait(String address) {
    String client = client(address);
    Allowance own = failing.get(client);
    if (own != null) {
      if (own.isFull()) {
        failing.remove(client);
      }
      Duration wait = own.untilNext();
      if (!wait.isZero()) {
        return wait;
      }
    }
    return isTrusted(client) ? Duration.ZERO : overall.untilNext();
  }

  /** A password was wrong. */
  synchronized void failed(String address) {
    String client = client(address);
    failing.computeIfAbsent(client, any -> new Allowance(perAddress, perAddress, nanos)).take();
    if (!isTrusted(client)) {
      overall.take();
    }
  }

  /** A password was right. */
  synchronized void succeeded(String address) {
    trusted.put(client(address), nanos.getAsLong());
  }

  private boolean isTrusted(String client) {
    Long since = trusted.get(client);
    return since != null && nanos.getAsLong() - since < TRUST.toNanos();
  }

  /** An IPv6 client has all addresses of its network, which is the first half of the address. */
  private static String client(String address) {
    int colon = -1;
    if (address.indexOf(':') < 0) {
      return address;
    }
    for (int group = 0; group < 4; group++) {
      colon = address.indexOf(':', colon + 1);
      if (colon < 0) {
        return address;
      }
    }
    return address.substring(0, colon);
  }

  /** Forgets the least recently used entry. */
  private static final class LatestMap<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    LatestMap(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > most;
    }
  }
}
