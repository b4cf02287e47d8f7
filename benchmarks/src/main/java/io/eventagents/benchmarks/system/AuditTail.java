package io.eventagents.benchmarks.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the audit log as it is written and determines, to about a millisecond, when all events of
 * a chain are in it.
 */
final class AuditTail implements AutoCloseable {

  private static final long PAUSE_NANOS = 500_000;

  private final Path directory;
  private final int eventsOfAChain;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<Path, FileChannel> files = new HashMap<>();
  private final Map<Path, ByteArrayOutputStream> unfinished = new HashMap<>();
  private final Map<String, Set<String>> seen = new HashMap<>();
  private final Map<String, CompletableFuture<Long>> complete = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  AuditTail(Path directory, int eventsOfAChain) {
    this.directory = directory;
    this.eventsOfAChain = eventsOfAChain;
    this.thread = Thread.ofPlatform().daemon().name("audit-tail").start(this::follow);
  }

  /** Completes with the {@link System#nanoTime()} at which the chain was found complete. */
  CompletableFuture<Long> complete(String correlationId) {
    return complete.computeIfAbsent(correlationId, id -> new CompletableFuture<>());
  }

  private void follow() {
    try {
      while (!closed) {
        if (!readAll()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the audit log", e);
    }
  }

  private boolean readAll() throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    List<Path> logs;
    try (Stream<Path> all = Files.list(directory)) {
      logs = all.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
    boolean any = false;
    for (Path log : logs) {
      FileChannel channel = files.get(log);
      if (channel == null) {
        channel = FileChannel.open(log, StandardOpenOption.READ);
        files.put(log, channel);
      }
      any |= read(log, channel);
    }
    return any;
  }

  private boolean read(Path log, FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    int read = channel.read(buffer);
    if (read <= 0) {
      return false;
    }
    long now = System.nanoTime();
    ByteArrayOutputStream line = unfinished.computeIfAbsent(log, l -> new ByteArrayOutputStream());
    for (byte each : buffer.flip().array()) {
      if (read-- == 0) {
        break;
      }
      if (each == '\n') {
        take(line.toString(UTF_8), now);
        line.reset();
      } else {
        line.write(each);
      }
    }
    return true;
  }

  private void take(String line, long now) {
    String correlationId = "";
    String eventId = "";
    for (JsonNode header : json.readTree(line).path("headers")) {
      switch (header.path(0).asString("")) {
        case "correlation_id" -> correlationId = header.path(1).asString("");
        case "event_id" -> eventId = header.path(1).asString("");
        default -> {}
      }
    }
    if (correlationId.isEmpty() || eventId.isEmpty()) {
      return;
    }
    Set<String> events = seen.computeIfAbsent(correlationId, id -> new HashSet<>());
    if (events.add(eventId) && events.size() == eventsOfAChain) {
      complete(correlationId).complete(now);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (FileChannel file : files.values()) {
      file.close();
    }
  }
}
