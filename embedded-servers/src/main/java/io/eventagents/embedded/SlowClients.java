package io.eventagents.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that have sent something and then send a byte every 200 ms. For tests. */
public final class SlowClients implements AutoCloseable {

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

  private SlowClients() {}

  /**
   * Connects them to a port of this machine.
   *
   * @param begin what each client sends at once; if there are several texts, the clients take turns
   */
  public static SlowClients connect(int count, int port, String... begin) throws IOException {
    SlowClients clients = new SlowClients();
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.sockets.add(socket);
        socket.getOutputStream().write(begin[i % begin.length].getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      clients.close();
      throw e;
    }
    var unused =
        clients.drip.scheduleWithFixedDelay(clients::sendOne, 200, 200, TimeUnit.MILLISECONDS);
    return clients;
  }

  private void sendOne() {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write('1');
      } catch (IOException closed) {
        // By the server, which is what tests wait for.
      }
    }
  }

  /** What the first of them is answered, until the server closes the connection. */
  public String answer() throws IOException {
    Socket first = sockets.getFirst();
    first.setSoTimeout(60_000);
    StringBuilder answer = new StringBuilder();
    try {
      for (int next; (next = first.getInputStream().read()) >= 0; ) {
        answer.append((char) next);
      }
    } catch (SocketException reset) {
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
