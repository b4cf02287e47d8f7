package io.eventagents.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Ports of the loopback interface. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  // Linux assigns ephemeral ports from 32768, other systems from 49152.
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final Random RANDOM = new Random();
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Loopback() {}

  /** The address that servers listen on. */
  @SuppressWarnings("AddressSelection") // a literal address is only one
  static InetAddress address() {
    try {
      return InetAddress.getByName(HOST);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(HOST + " is an address", e);
    }
  }

  /**
   * Connects to a server.
   *
   * @throws IOException if nobody listens
   */
  static Socket connect(int port) throws IOException {
    return new Socket(address(), port);
  }

  /**
   * A port that nobody listens on. Each is returned once, because its owner may be down for a
   * while, and none is an ephemeral port, which the system might assign to a connection meanwhile.
   */
  static synchronized int freePort() {
    while (true) {
      int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST);
      if (!GIVEN.contains(port) && isFree(port)) {
        GIVEN.add(port);
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, address())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
