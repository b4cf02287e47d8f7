package io.eventagents.local.inbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The newest messages received. A file keeps them across restarts, one line of JSON each; a message
 * is in the file when {@link #add} returns. Thread-safe.
 */
public final class Inbox implements AutoCloseable {

  /** The number of messages kept. */
  static final int CAPACITY = 10_000;

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Path path;
  private final Clock clock;
  private final Deque<Received> newestFirst;
  private final FileChannel file;
  private long last;

  private Inbox(Path path, Clock clock, Deque<Received> newestFirst, FileChannel file) {
    this.path = path;
    this.clock = clock;
    this.newestFirst = newestFirst;
    this.file = file;
    this.last = newestFirst.isEmpty() ? 0 : newestFirst.getFirst().number();
  }

  /**
   * @param path the file, which is created if it is missing and cut to {@link #CAPACITY} messages
   * @throws UncheckedIOException if the file cannot be read or written
   */
  public static Inbox open(Path path) {
    return open(path, Clock.systemUTC());
  }

  static Inbox open(Path path, Clock clock) {
    try {
      Deque<Received> kept = read(path);
      rewrite(path, kept);
      return new Inbox(
          path,
          clock,
          kept,
          FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not open the inbox " + path, e);
    }
  }

  /** The file that keeps the messages. */
  Path path() {
    return path;
  }

  /**
   * Adds a message.
   *
   * @param address the recipient in the mail's envelope, the phone number, or the path of the
   *     request
   * @param source the mail as sent over the wire, one character per byte; JSON for the other kinds
   * @throws UncheckedIOException if the message cannot be written; it is not in the inbox then
   */
  public synchronized void add(Kind kind, String address, String source) {
    Received received = new Received(last + 1, clock.instant(), kind, address, source);
    try {
      write(file, received);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write to the inbox " + path, e);
    }
    last = received.number();
    newestFirst.addFirst(received);
    if (newestFirst.size() > CAPACITY) {
      newestFirst.removeLast();
    }
  }

  /** The newest messages before this number, newest first. */
  synchronized List<Received> before(long number, int limit) {
    List<Received> page = new ArrayList<>(limit);
    Iterator<Received> all = newestFirst.iterator();
    while (all.hasNext() && page.size() < limit) {
      Received received = all.next();
      if (received.number() < number) {
        page.add(received);
      }
    }
    return page;
  }

  /** The number of messages kept at the moment. */
  synchronized int size() {
    return newestFirst.size();
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Deque<Received> read(Path path) throws IOException {
    Deque<Received> kept = new ArrayDeque<>();
    if (!Files.exists(path)) {
      return kept;
    }
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Received received = parse(line);
        if (received != null) {
          kept.addFirst(received);
        }
        if (kept.size() > CAPACITY) {
          kept.removeLast();
        }
      }
    }
    return kept;
  }

  // A kill may have cut the last line short.
  private static @Nullable Received parse(String line) {
    try {
      return JSON.readValue(line, Received.class);
    } catch (JacksonException incomplete) {
      return null;
    }
  }

  private static void rewrite(Path path, Deque<Received> newestFirst) throws IOException {
    Path rewritten = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel file =
        FileChannel.open(
            rewritten,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      Iterator<Received> oldestFirst = newestFirst.descendingIterator();
      while (oldestFirst.hasNext()) {
        write(file, oldestFirst.next());
      }
    }
    Files.move(rewritten, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(FileChannel file, Received received) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap(
            (JSON.writeValueAsString(received) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      file.write(line);
    }
  }
}
