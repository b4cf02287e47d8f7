package io.eventagents.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy to a server whose connections can be lost as if the host were gone: they end for the
 * server, and their clients are not told. For tests.
 */
public final class SilentProxy implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final int target;
  private final Set<Way> ways = ConcurrentHashMap.newKeySet();
  private volatile boolean isSilent;

  /**
   * @param port where clients connect; 0 is a free one
   * @param target the server's port
   */
  public SilentProxy(int port, int target) {
    this.target = target;
    try {
      this.listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on " + port, e);
    }
    Thread.ofVirtual().name("silent-proxy").start(this::accept);
  }

  /** Where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Loses the connections that are open now; new ones get through, as to another host at the same
   * address.
   *
   * @return how many they were
   */
  public int lose() {
    int lost = 0;
    for (Way way : ways) {
      if (!way.isLost) {
        way.lose();
        lost++;
      }
    }
    return lost;
  }

  /**
   * Sets whether new connections are lost too, from their first byte on.
   *
   * @param isSilent false to connect new ones to the server again
   */
  public void silent(boolean isSilent) {
    this.isSilent = isSilent;
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
        try {
          lead(client);
        } catch (IOException serverIsDown) {
          client.close();
        }
      } catch (IOException end) {
        // Closed by the test.
      }
    }
  }

  private void lead(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Way way = new Way(client, server);
    ways.add(way);
    if (isSilent) {
      way.lose();
    }
    Thread.ofVirtual().start(() -> way.pass(way.client, way.server));
    Thread.ofVirtual().start(() -> way.pass(way.server, way.client));
  }

  private final class Way {

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
      if (isLost && from.equals(server)) {
        return; // the client is not told
      }
      ways.remove(this);
      try (from;
          to) {
        from.shutdownInput();
      } catch (IOException closed) {
        // Before.
      }
    }
  }
}
