package io.eventagents.notification.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider in this process, on a loopback port. It answers as documented, or once as told. */
public abstract class StandIn implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Reply HEAD_ONLY = new Reply(200, "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deque<Reply> told = new ConcurrentLinkedDeque<>();

  protected StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** A request. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Request(String method, URI uri, Map<String, String> headers, byte[] body) {

    public String path() {
      return uri.getPath();
    }

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /** A response. */
  public record Reply(int status, Map<String, String> headers, String body) {

    public Reply(int status, String body) {
      this(status, Map.of(), body);
    }
  }

  protected abstract Reply answer(Request request);

  /** Answers so once, instead of as documented. */
  public void next(int status, String body) {
    told.add(new Reply(status, body));
  }

  /** Answers so once, instead of as documented. */
  public void next(int status, String header, String value) {
    told.add(new Reply(status, Map.of(header, value), ""));
  }

  /** Once begins a response and does not end it. */
  public void nextHeadOnly() {
    told.add(HEAD_ONLY);
  }

  public List<Request> requests() {
    return requests;
  }

  public Request only() {
    if (requests.size() != 1) {
      throw new AssertionError("not one request: " + requests.size());
    }
    return requests.getFirst();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @SuppressWarnings("ReferenceEquality") // It is one of a kind.
  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              headers,
              exchange.getRequestBody().readAllBytes());
      Reply once = told.poll();
      requests.add(request);
      if (once == HEAD_ONLY) {
        exchange.sendResponseHeaders(200, 1_000);
        closed.await();
        return;
      }
      Reply reply = once != null ? once : answer(request);
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
