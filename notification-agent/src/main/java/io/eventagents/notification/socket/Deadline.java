package io.eventagents.notification.socket;

import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time by which the current exchange of a thread must end. The time limit of a socket is per
 * read, so a server that sends a byte now and then would never reach it.
 *
 * <pre>{@code
 * // over one of the TimedSockets
 * Deadline.within(Duration.ofMinutes(1), () -> transport.sendMessage(mail, recipients));
 * }</pre>
 *
 * <p>If one deadline is within another, the earlier one counts.
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
   * Makes an exchange that ends within the limit, if necessary with a {@link
   * SocketTimeoutException}.
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
   * @param timeout of the socket in milliseconds; 0 means none
   * @throws SocketTimeoutException if the deadline has passed
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

  /** An exchange over a connection. */
  @FunctionalInterface
  public interface Exchange<E extends Exception> {

    /** Makes the exchange. */
    void make() throws E;
  }
}
