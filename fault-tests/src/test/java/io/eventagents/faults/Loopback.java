package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;

/** Ports of the loopback interface. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private static final Set<Integer> GIVEN = new HashSet<>();

  private Loopback() {}

  /** What servers listen on. */
  @SuppressWarnings("AddressSelection") // a literal address is only one
  static InetAddress address() {
    try {
      return InetAddress.getByName(HOST);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(HOST + " is an address", e);
    }
  }

  /**
   * A connection to a server.
   *
   * @throws IOException where nobody listens
   */
  static Socket connect(int port) throws IOException {
    return new Socket(address(), port);
  }

  /** A port that nobody listens on, each once, since its owner may be down for a while. */
  static synchronized int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, address())) {
        if (GIVEN.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("No free port", e);
      }
    }
  }
}
