package io.eventagents.audit.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The audit application on real servers, asked over HTTP. The tests of all pages share one. */
@AgentTest(properties = "audit.trace-url=http://traces.example/{trace_id}")
@Import(Invoicing.class)
abstract class ConsoleTests {

  static final Uuid TOPIC = Uuid.fromString("Q29uc29sZVRlc3RzMTIzNA");
  private static final AtomicLong NEXT_OFFSET = new AtomicLong();

  /** Kept as long as the shared application, which outlives each test class. */
  static final Path path = directory();

  @Autowired AuditLog log;
  @Autowired Chains chains;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory(Path.of("target"), "console-log-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Logs events, waits until they are indexed, and returns the offset of the last. */
  long log(LoggedEvent... events) {
    return log(
        Arrays.stream(events)
            .map(
                event ->
                    Records.record(
                        TOPIC,
                        NEXT_OFFSET.getAndIncrement(),
                        event.key().getBytes(UTF_8),
                        event.value(),
                        event.headers()))
            .toArray(ReceivedRecord[]::new));
  }

  /** Logs a record that need not be an event, and returns its offset. */
  long log(byte @Nullable [] value, RecordHeaders headers) {
    long offset = NEXT_OFFSET.getAndIncrement();
    return log(Records.record(TOPIC, offset, "key".getBytes(UTF_8), value, headers));
  }

  private long log(ReceivedRecord... records) {
    log.accept(Records.batch(records));
    long last = records[records.length - 1].record().offset();
    await().until(() -> isIndexed(last));
    return last;
  }

  private boolean isIndexed(long offset) {
    return jdbc.sql(
            "select exists (select from audit.records where \"offset\" = ? and topic_id = ?)")
        .param(offset)
        .param(new UUID(TOPIC.getMostSignificantBits(), TOPIC.getLeastSignificantBits()))
        .query(Boolean.class)
        .single();
  }

  /** Publishes an order that the agent refuses, and waits until that is logged. */
  void refuse(String chain, String order, String reason) {
    Invoicing.REFUSED.put(order, reason);
    place(chain, order);
    await().atMost(Duration.ofSeconds(20)).until(() -> count("delivery.failed", chain) == 1);
  }

  /** Publishes an order. */
  void place(String chain, String order) {
    chains.publishJson(
        "order-events",
        order,
        """
        {"event_id":"placed-%s","event_type":"order.placed","occurred_at":"%s","data":{"order_id":"%s"},
         "metadata":{"correlation_id":"%s","causation_id":"api-order-%s","source":"shop"}}"""
            .formatted(order, Clock.systemUTC().instant(), order, chain, order));
  }

  int count(String type, String chain) {
    return jdbc.sql(
            "select count(*) from audit.records where event_type = ? and correlation_id = ?")
        .param(type)
        .param(chain)
        .query(Integer.class)
        .single();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String form) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
