package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports of the loopback interface. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private static final Set<Integer> GIVEN = new HashSet<>();

  private Loopback() {}

  /** A port that nobody listens on, each once, since its owner may be down for a while. */
  static synchronized int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
        if (GIVEN.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("No free port", e);
      }
    }
  }
}
