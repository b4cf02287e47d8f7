package io.eventagents.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that have sent something, and go on with a byte every 200 ms. */
final class SlowClients implements AutoCloseable {

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

  private SlowClients() {}

  /**
   * @param begin what each sends at once
   */
  static SlowClients connect(int count, int port, String begin) throws IOException {
    SlowClients clients = new SlowClients();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
      socket.getOutputStream().write(begin.getBytes(ISO_8859_1));
      clients.sockets.add(socket);
    }
    clients.drip.scheduleWithFixedDelay(clients::sendOne, 200, 200, TimeUnit.MILLISECONDS);
    return clients;
  }

  private void sendOne() {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write('1');
      } catch (IOException closed) {
        continue; // by the server, which is what the tests wait for
      }
    }
  }

  /** What the first of them is answered, until the server closes the connection. */
  String answer() throws IOException {
    Socket first = sockets.get(0);
    first.setSoTimeout(60_000);
    StringBuilder answer = new StringBuilder();
    try {
      for (int next; (next = first.getInputStream().read()) >= 0; ) {
        answer.append((char) next);
      }
    } catch (java.net.SocketException reset) {
      return answer.toString();
    }
    return answer.toString();
  }

  @Override
  public void close() throws IOException {
    drip.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
