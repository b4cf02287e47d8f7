package io.eventagents.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a server that can be lost as with its host: the connections of that moment end for the
 * server, their clients are not told, and new ones get through.
 */
final class SilentProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Way> ways = ConcurrentHashMap.newKeySet();

  SilentProxy(int target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("silent-proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Loses the connections that are open now; how many they were. */
  int lose() {
    int lost = 0;
    for (Way way : ways) {
      if (!way.isLost) {
        way.lose();
        lost++;
      }
    }
    return lost;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Way way : ways) {
        way.client.close();
        way.server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Way way = new Way(client, server);
        ways.add(way);
        Thread.ofVirtual().start(() -> way.pass(way.client, way.server));
        Thread.ofVirtual().start(() -> way.pass(way.server, way.client));
      } catch (IOException end) {
        // Closed by the test, or the server is down: the client sees its connection end.
      }
    }
  }

  private static final class Way {

    private final Socket client;
    private final Socket server;
    private volatile boolean isLost;

    Way(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void lose() {
      isLost = true;
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void pass(Socket from, Socket to) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8192];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          if (!isLost) {
            out.write(bytes, 0, read);
          }
        }
      } catch (IOException end) {
        // One side has gone.
      }
      if (!isLost) {
        try (from;
            to) {
          from.shutdownInput();
        } catch (IOException closed) {
          // Before.
        }
      }
    }
  }
}
