package io.eventagents.notification.socket;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Properties;
import javax.net.SocketFactory;

/** Makes plain sockets that keep the {@link Deadline} of the thread that uses them. Thread-safe. */
public final class TimedSockets extends SocketFactory {

  /** Settings of a session that say otherwise how to connect. */
  private static final List<String> OTHERWISE =
      List.of("socketFactory", "socketFactory.class", "socks.host", "usesocketchannels");

  /**
   * Has a mail session connect by these sockets, encrypted ones included, unless its settings say
   * otherwise.
   *
   * @param protocol of the session, such as {@code smtp}
   */
  public static void install(Properties session, String protocol) {
    String prefix = "mail." + protocol + ".";
    if (OTHERWISE.stream().map(prefix::concat).noneMatch(session::containsKey)) {
      session.put(prefix + "socketFactory", new TimedSockets());
      // What cannot be reached this way cannot be reached.
      session.setProperty(prefix + "socketFactory.fallback", "false");
    }
  }

  @Override
  public Socket createSocket() {
    return new TimedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw connected();
  }

  private static UnsupportedOperationException connected() {
    return new UnsupportedOperationException("Sessions connect their sockets themselves");
  }
}
