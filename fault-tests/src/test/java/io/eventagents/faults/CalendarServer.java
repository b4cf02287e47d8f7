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

/**
 * The calendars of owners, each a folder. One owner's calendar starts its answers and never
 * completes them.
 */
final class CalendarServer implements AutoCloseable {

  private static final int CREATED = 201;
  private static final int NEVER_SENT = 100_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final HttpServer server;
  private volatile String stalled;

  /**
   * @param stalled the owner whose answers stay without their body
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

  /** The address of an owner's calendar. */
  String url(String owner) {
    return "http://%s:%d/%s/".formatted(Loopback.HOST, server.getAddress().getPort(), owner);
  }

  /** Whether an answer was started and not completed. */
  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** Completes all answers from now on. */
  void goOn() {
    stalled = "";
  }

  /** The paths of the entries stored for this owner. */
  Set<String> stored(String owner) {
    Set<String> names = new HashSet<>(stored);
    names.removeIf(name -> !name.startsWith("/" + owner + "/"));
    return names;
  }

  /** The paths of the entries stored for all owners. */
  Set<String> stored() {
    return Set.copyOf(stored);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    if (!stalled.isEmpty() && path.startsWith("/" + stalled + "/")) {
      // The rest never comes, and the connection stays open.
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
