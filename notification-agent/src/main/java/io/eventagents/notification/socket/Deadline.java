package io.eventagents.notification.socket;

import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Until when the exchange that a thread is in must be over. A time limit of a socket is one for
 * each read: a server that sends a byte now and then would never reach it.
 *
 * <pre>{@code
 * // over one of the TimedSockets
 * Deadline.within(Duration.ofMinutes(1), () -> transport.sendMessage(mail, recipients));
 * }</pre>
 *
 * <p>Within another one the earlier of the two counts.
 */
public final class Deadline {

  private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

  private final Duration limit;
  private final long at;

  private Deadline(Duration limit, long at) {
    this.limit = limit;
    this.at = at;
  }

  /**
   * Makes an exchange that ends within a time, with a {@link SocketTimeoutException} if need be.
   */
  public static <E extends Exception> void within(Duration limit, Exchange<E> exchange) throws E {
    Deadline outer = CURRENT.get();
    Deadline inner = new Deadline(limit, System.nanoTime() + limit.toNanos());
    CURRENT.set(outer != null && outer.at - inner.at < 0 ? outer : inner);
    try {
      exchange.make();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /**
   * How long a read may take now.
   *
   * @param timeout of the socket in milliseconds; 0 is none
   * @throws SocketTimeoutException where the deadline is over
   */
  static int timeout(int timeout) throws SocketTimeoutException {
    Deadline current = CURRENT.get();
    if (current == null) {
      return timeout;
    }
    long left = (current.at - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("not over within " + current.limit);
    }
    return timeout == 0 || left < timeout ? (int) Math.min(left, Integer.MAX_VALUE) : timeout;
  }

  /** What is said over a connection. */
  @FunctionalInterface
  public interface Exchange<E extends Exception> {

    /** Says it. */
    void make() throws E;
  }
}
