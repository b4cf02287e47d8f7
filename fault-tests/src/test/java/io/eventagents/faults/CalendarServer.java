package io.eventagents.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Calendars of owners, each a folder; one of them begins its answers and does not end them. */
final class CalendarServer implements AutoCloseable {

  private static final int CREATED = 201;
  private static final int NEVER_SENT = 100_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final HttpServer server;
  private volatile String stalled;

  /**
   * @param stalled the owner whose answers have no body
   */
  CalendarServer(String stalled) {
    this.stalled = stalled;
    try {
      server = HttpServer.create(new InetSocketAddress(Loopback.address(), Loopback.freePort()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where an owner's calendar is. */
  String url(String owner) {
    return "http://%s:%d/%s/".formatted(Loopback.HOST, server.getAddress().getPort(), owner);
  }

  /** Whether an answer was begun and not ended. */
  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** From now on it ends its answers. */
  void goOn() {
    stalled = "";
  }

  /** The names of what was stored for this owner. */
  Set<String> stored(String owner) {
    Set<String> names = new HashSet<>(stored);
    names.removeIf(name -> !name.startsWith("/" + owner + "/"));
    return names;
  }

  /** What was stored for anybody. */
  Set<String> stored() {
    return Set.copyOf(stored);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    if (!stalled.isEmpty() && path.startsWith("/" + stalled + "/")) {
      // The rest never comes, and the connection stays.
      exchange.sendResponseHeaders(CREATED, NEVER_SENT);
      exchange.getResponseBody().flush();
      begun.countDown();
      return;
    }
    if (exchange.getRequestMethod().equals("PUT")) {
      stored.add(path);
    }
    exchange.sendResponseHeaders(CREATED, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
