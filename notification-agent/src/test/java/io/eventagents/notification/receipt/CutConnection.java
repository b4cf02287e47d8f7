package io.eventagents.notification.receipt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes a connection on to a server, and cuts it when the client sends a certain text. */
final class CutConnection implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int server;
  private final String fatal;

  CutConnection(int server, String fatal) throws IOException {
    this.server = server;
    this.fatal = fatal;
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket target = new Socket(InetAddress.getLoopbackAddress(), server)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (client) {
                  target.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException closed) {
                  // The other direction ended.
                }
              });
      byte[] buffer = new byte[8_192];
      for (int length; (length = client.getInputStream().read(buffer)) > 0; ) {
        if (new String(buffer, 0, length, ISO_8859_1).contains(fatal)) {
          return;
        }
        target.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException closed) {
      // Either end hung up.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
