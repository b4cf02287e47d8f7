package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Queries for a chain that is as large as the heap of the audit agent. */
@Tag("extended")
class LargeAnswersIT {

  private static final int EVENTS = 350;
  private static final int FILLING = 700_000;
  private static final String CHAIN = "large";
  private static final long LARGEST_PAGE = 34_000_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static FaultySystem system;
  private static AgentProcess audit;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void logTheChain() throws Exception {
    system =
        FaultySystem.startOnly(
            List.of(Application.AUDIT),
            Path.of("target", "faults", System.currentTimeMillis() + "-large").toAbsolutePath(),
            Seed.ofRun());
    audit = system.instance(Application.AUDIT);
    write();
    JdbcClient index =
        JdbcClient.create(new DriverManagerDataSource(system.landscape().databaseUrl()));
    await("the whole chain to be in the index")
        .atMost(AgentProcess.PATIENCE)
        .until(
            () ->
                index
                    .sql("select count(*) = ? from audit.records where correlation_id = ?")
                    .params(EVENTS, CHAIN)
                    .query(Boolean.class)
                    .single());
  }

  @AfterAll
  static void stop() {
    if (system != null) {
      system.close();
    }
  }

  @AfterEach
  void hadEnoughMemory() {
    assertThat(audit.process().isAlive()).isTrue();
    assertThat(audit.process().said("OutOfMemoryError")).isZero();
    assertThat(audit.get("/actuator/health/liveness")).isEqualTo(200);
  }

  @Test
  void chainIsAnsweredPageByPage() {
    assertThat(pages("/audit/chains/" + CHAIN + "?")).hasSize(EVENTS).doesNotHaveDuplicates();
  }

  @Test
  void searchForManyLargeEventsIsAnsweredPageByPage() {
    assertThat(pages("/audit/events?limit=340&correlation_id=" + CHAIN + "&"))
        .hasSize(EVENTS)
        .doesNotHaveDuplicates();
  }

  @Test
  void concurrentExportsAreComplete() {
    List<CompletableFuture<Integer>> exports =
        List.of(
            begin(() -> page("/audit/chains/" + CHAIN + "?format=json").ids().size()),
            begin(() -> lines("/audit/chains/" + CHAIN + "?format=jsonl")),
            begin(() -> lines("/audit/events?format=jsonl&correlation_id=" + CHAIN)));

    assertThat(exports).extracting(CompletableFuture::join).containsOnly(EVENTS);
  }

  private static <T> CompletableFuture<T> begin(Supplier<T> export) {
    return CompletableFuture.supplyAsync(export, task -> Thread.ofVirtual().start(task));
  }

  /** Writes one event after another, each the cause of three later ones. */
  private static void write() throws Exception {
    String topic = "archive-events";
    try (Admin admin = system.landscape().admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", system.landscape().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      String filling = "x".repeat(FILLING);
      for (int i = 0; i < EVENTS; i++) {
        String event =
            """
            {"event_id":"large-%d","event_type":"page.archived","occurred_at":"2026-01-15T14:30:22.456Z",
            "data":{"filling":"%s"},
            "metadata":{"correlation_id":"%s","causation_id":"%s","source":"archive"}}\
            """
                .formatted(i, filling, CHAIN, i == 0 ? "import" : "large-" + (i - 1) / 3);
        producer.send(new ProducerRecord<>(topic, event.getBytes(StandardCharsets.UTF_8))).get();
      }
    }
  }

  /** The ids on all pages. */
  private List<String> pages(String path) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Page page = page(path + "cursor=" + cursor);
      assertThat(page.bytes()).isLessThan(LARGEST_PAGE);
      ids.addAll(page.ids());
      cursor = page.next();
    } while (cursor != null);
    return ids;
  }

  /**
   * A page of an answer.
   *
   * @param next the cursor of the next page
   */
  private record Page(List<String> ids, @Nullable String next, long bytes) {}

  /** Reads a page as a stream, so that this process does not need the memory either. */
  private Page page(String path) {
    List<String> ids = new ArrayList<>();
    String next = null;
    try (InputStream body = get(path);
        JsonParser parser = JSON.createParser(body)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.PROPERTY_NAME) {
          switch (parser.currentName()) {
            case "event_id" -> ids.add(parser.nextStringValue());
            case "filling" -> assertThat(parser.nextStringValue()).hasSize(FILLING);
            case "next_cursor" -> next = parser.nextStringValue();
            default -> {}
          }
        }
      }
      assertThat(depth).isZero();
      return new Page(ids, next, parser.currentLocation().getByteOffset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int lines(String path) {
    int lines = 0;
    try (BufferedReader body =
        new BufferedReader(new InputStreamReader(get(path), StandardCharsets.UTF_8))) {
      for (String line = body.readLine(); line != null; line = body.readLine()) {
        assertThat(line).startsWith("{\"event_id\":\"large-").endsWith("}");
        lines++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private InputStream get(String path) {
    try {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://" + Loopback.HOST + ":" + audit.port() + path))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
