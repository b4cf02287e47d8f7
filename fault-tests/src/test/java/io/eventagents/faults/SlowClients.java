package io.eventagents.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Nobody, many times: requests without credentials whose bodies come a byte at a time. */
final class SlowClients implements AutoCloseable {

  private static final String HEAD =
      "POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final List<String> BEGINNINGS =
      List.of(
          HEAD + "Content-Length: 100000\r\n\r\n{\"a",
          HEAD + "Transfer-Encoding: chunked\r\n\r\nffff\r\n{\"a");

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

  private SlowClients() {}

  /** So many of them, at once. */
  static SlowClients connect(int count, int port) {
    SlowClients clients = new SlowClients();
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = Loopback.connect(port);
        clients.sockets.add(socket);
        socket.getOutputStream().write(BEGINNINGS.get(i % BEGINNINGS.size()).getBytes(US_ASCII));
      }
    } catch (IOException e) {
      clients.close();
      throw new UncheckedIOException(e);
    }
    var unused =
        clients.drip.scheduleWithFixedDelay(clients::goOn, 200, 200, TimeUnit.MILLISECONDS);
    return clients;
  }

  private void goOn() {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write('1');
      } catch (IOException closed) {
        // By the server, as it should be.
      }
    }
  }

  @Override
  public void close() {
    drip.shutdownNow();
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
