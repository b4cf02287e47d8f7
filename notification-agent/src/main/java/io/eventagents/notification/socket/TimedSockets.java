package io.eventagents.notification.socket;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Properties;
import javax.net.SocketFactory;

/**
 * Creates plain sockets that keep to the {@link Deadline} of the thread that uses them.
 * Thread-safe.
 */
public final class TimedSockets extends SocketFactory {

  /** Settings of a session that choose another way to connect. */
  private static final List<String> OTHERWISE =
      List.of("socketFactory", "socketFactory.class", "socks.host", "usesocketchannels");

  /**
   * Makes a mail session use these sockets, also below encryption, unless its settings choose
   * another way.
   *
   * @param protocol of the session, such as {@code smtp}
   */
  public static void install(Properties session, String protocol) {
    String prefix = "mail." + protocol + ".";
    if (OTHERWISE.stream().map(prefix::concat).noneMatch(session::containsKey)) {
      session.put(prefix + "socketFactory", new TimedSockets());
      // There is no second try with other sockets.
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
