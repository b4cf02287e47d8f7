package io.eventagents.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forwards connections to the broker. It can delay each request and answer, without changing their
 * order, and swallow write requests.
 */
final class KafkaProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean swallowsWrites;

  KafkaProxy(int port, int target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(port, 50, Loopback.address());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on " + port, e);
    }
    Thread.ofVirtual().name("proxy-" + port).start(this::accept);
  }

  /** Sets how long every byte takes in each direction. */
  void delay(Duration each) {
    delay = each;
  }

  /**
   * Sets whether requests that write records vanish, and with them all later requests on their
   * connection. The writer then waits for an answer, while reading and committing go on.
   */
  void swallowWrites(boolean swallows) {
    swallowsWrites = swallows;
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
      Socket server = Loopback.connect(target);
      connections.add(server);
      try (server) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread answers = Thread.ofVirtual().start(() -> pass(server, client, false));
        pass(client, server, true);
        answers.join();
      } finally {
        connections.remove(server);
      }
    } catch (IOException end) {
      // The server is down, so the client's connection ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(client);
    }
  }

  private void pass(Socket from, Socket to, boolean areRequests) {
    DelayQueue<Chunk> onItsWay = new DelayQueue<>();
    Thread writer = Thread.ofVirtual().start(() -> write(onItsWay, to));
    try {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      boolean isStuck = false;
      while (true) {
        byte[] frame = frame(in);
        isStuck |= areRequests && swallowsWrites && isWrite(frame);
        if (!isStuck) {
          onItsWay.add(Chunk.of(frame, delay));
        }
      }
    } catch (IOException end) {
      // One side is gone; the other is closed below.
    }
    onItsWay.add(Chunk.of(new byte[0], delay));
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a request or an answer; both begin with their length. */
  private static byte[] frame(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] frame = new byte[Integer.BYTES + length];
    ByteBuffer.wrap(frame).putInt(length);
    in.readFully(frame, Integer.BYTES, length);
    return frame;
  }

  /** The API key follows the length of a request; 0 is Produce. */
  private static boolean isWrite(byte[] request) {
    return ByteBuffer.wrap(request).getShort(Integer.BYTES) == 0;
  }

  private static void write(DelayQueue<Chunk> onItsWay, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk next = onItsWay.take(); next.bytes.length > 0; next = onItsWay.take()) {
        out.write(next.bytes);
        out.flush();
      }
    } catch (IOException end) {
      // The other side is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] bytes, long at, long number) implements Delayed {

    private static final AtomicLong NUMBERS = new AtomicLong();

    static Chunk of(byte[] bytes, Duration delay) {
      return new Chunk(bytes, System.nanoTime() + delay.toNanos(), NUMBERS.getAndIncrement());
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      // In the order of reading, even if the delay has become shorter in between.
      return Long.compare(number, ((Chunk) other).number);
    }
  }
}
