package io.eventagents.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A port that an embedded server is about to listen on.
 *
 * @param server the name that users know the server by
 * @param number the port
 * @param setting the setting that chooses another port
 */
record ServerPort(String server, int number, String setting) {

  private static final int PATIENCE_MILLIS = 500;

  /** The same, with a free port in place of 0. */
  ServerPort chosen() {
    return number == 0 ? new ServerPort(server, free(), setting) : this;
  }

  /**
   * @throws StartRefused if a program listens on one of them
   */
  static void requireFree(List<ServerPort> ports) {
    List<ServerPort> taken = ports.stream().filter(ServerPort::isTaken).toList();
    if (!taken.isEmpty()) {
      throw new StartRefused(refusal(taken));
    }
  }

  private static String refusal(List<ServerPort> taken) {
    boolean one = taken.size() == 1;
    return "%s %s %s already in use. Stop the program that listens there, or choose %s: ./mvnw -pl local -am spring-boot:run -Dspring-boot.run.arguments=\"%s\""
        .formatted(
            one ? "Port" : "Ports",
            taken.stream()
                .map(port -> port.number + " (" + port.server + ")")
                .collect(Collectors.joining(", ")),
            one ? "is" : "are",
            one ? "another" : "others",
            taken.stream()
                .map(port -> "--" + port.setting + "=" + free())
                .collect(Collectors.joining(" ")));
  }

  private boolean isTaken() {
    // Some systems allow a second bind beside a program that listens on all interfaces, so connect
    // first.
    return answers() || !isBindable();
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), number), PATIENCE_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  private boolean isBindable() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), number), 1);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on the loopback interface", e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
