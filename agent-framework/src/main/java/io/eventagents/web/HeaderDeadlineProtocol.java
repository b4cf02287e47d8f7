package io.eventagents.web;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1, which also closes connections whose headers do not arrive in time. Tomcat
 * itself counts from the last byte, so that a byte every few seconds holds a connection for ever.
 * No thread waits for headers, but the number of connections is limited.
 *
 * <p>Public because Tomcat creates it by its name.
 */
public final class HeaderDeadlineProtocol extends Http11NioProtocol {

  /** The most bytes of chunk extensions and of trailer fields, which nobody here reads. */
  private static final int ASIDE = 256;

  private Duration headerTimeout = Duration.ofSeconds(20);
  private IdentityHashMap<SocketWrapperBase<NioChannel>, Long> waiting = new IdentityHashMap<>();
  private @Nullable ScheduledFuture<?> looking;

  /** With the time-outs of Tomcat, and 20 s for headers. */
  public HeaderDeadlineProtocol() {
    setMaxExtensionSize(ASIDE);
    setMaxTrailerSize(ASIDE);
    setUseSendfile(false); // it would look like a request that has not come yet; nobody uses it
  }

  void setHeaderTimeout(Duration timeout) {
    headerTimeout = timeout;
  }

  @Override
  public void start() throws Exception {
    super.start();
    looking = getUtilityExecutor().scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void stop() throws Exception {
    if (looking != null) {
      looking.cancel(false);
      looking = null;
    }
    super.stop();
  }

  /** By one thread at a time. */
  private void look() {
    long now = System.nanoTime();
    IdentityHashMap<SocketWrapperBase<NioChannel>, Long> still = new IdentityHashMap<>();
    for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
      if (isWithinHeaders(connection)) {
        long since = waiting.getOrDefault(connection, now);
        if (now - since > headerTimeout.toNanos()) {
          connection.close();
        } else {
          still.put(connection, since);
        }
      }
    }
    waiting = still;
  }

  /**
   * A connection keeps its processor while it waits for the rest of a request line or of headers,
   * or for an answer that is made asynchronously. Between requests, and before the first byte, it
   * has none, and Tomcat's own time-outs hold.
   */
  private static boolean isWithinHeaders(SocketWrapperBase<NioChannel> connection) {
    return connection.getCurrentProcessor() instanceof Processor processor
        && !processor.isAsync()
        && !processor.isUpgrade();
  }
}
