package io.eventagents.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Passes connections on, each byte as late as told; what is on its way keeps its order. */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;

  TcpProxy(int port, int target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(port, 50, InetAddress.getByName(Loopback.HOST));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on " + port, e);
    }
    Thread.ofVirtual().name("proxy-" + port).start(this::accept);
  }

  /** How long every byte takes, each way. */
  void delay(Duration each) {
    delay = each;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException end) {
        // Closed by the test.
      }
    }
  }

  private void connect(Socket client) {
    try (client) {
      Socket server = new Socket(Loopback.HOST, target);
      connections.add(server);
      try (server) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread answers = Thread.ofVirtual().start(() -> pass(server, client));
        pass(client, server);
        answers.join();
      } finally {
        connections.remove(server);
      }
    } catch (IOException end) {
      // The server is down: the client sees its connection end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(client);
    }
  }

  private void pass(Socket from, Socket to) {
    DelayQueue<Chunk> onItsWay = new DelayQueue<>();
    Thread writer = Thread.ofVirtual().start(() -> write(onItsWay, to));
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[16_384];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        onItsWay.add(Chunk.of(java.util.Arrays.copyOf(buffer, n), delay));
      }
    } catch (IOException end) {
      // One side has gone; the other learns it below.
    }
    onItsWay.add(Chunk.of(new byte[0], delay));
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(DelayQueue<Chunk> onItsWay, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk next = onItsWay.take(); next.bytes.length > 0; next = onItsWay.take()) {
        out.write(next.bytes);
        out.flush();
      }
    } catch (IOException end) {
      // Gone meanwhile.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Chunk(byte[] bytes, long at, long number) implements Delayed {

    private static final java.util.concurrent.atomic.AtomicLong NUMBERS =
        new java.util.concurrent.atomic.AtomicLong();

    static Chunk of(byte[] bytes, Duration delay) {
      return new Chunk(bytes, System.nanoTime() + delay.toNanos(), NUMBERS.getAndIncrement());
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      // In order of reading, also where the delay was made shorter meanwhile.
      return Long.compare(number, ((Chunk) other).number);
    }
  }
}
