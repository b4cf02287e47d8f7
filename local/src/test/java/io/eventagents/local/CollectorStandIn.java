package io.eventagents.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * A collector that speaks OTLP over HTTP in protobuf and keeps the spans it receives. Like a real
 * collector, it refuses other bodies.
 */
final class CollectorStandIn implements AutoCloseable {

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private HttpServer server;

  CollectorStandIn() throws IOException {
    server = listening(0);
  }

  private HttpServer listening(int port) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    listening.createContext("/v1/traces", this::take);
    listening.start();
    return listening;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!"application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
        exchange.sendResponseHeaders(415, -1);
        return;
      }
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body)
          .getResourceSpansList()
          .forEach(
              resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(scope -> spans.addAll(scope.getSpansList())));
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** The spans of one trace received so far. */
  List<Span> trace(String traceId) {
    return spans.stream()
        .filter(span -> id(span.getTraceId().toByteArray()).equals(traceId))
        .toList();
  }

  List<Span> all() {
    return List.copyOf(spans);
  }

  static String id(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Stops listening. */
  void goAway() {
    server.stop(0);
  }

  /** Listens at the same address again. */
  void comeBack() throws IOException {
    server = listening(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
