package io.eventagents.audit;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.event;
import static io.eventagents.audit.Records.headers;
import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.embedded.EmbeddedServers;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"server.address=127.0.0.1", "spring.mvc.problemdetails.enabled=true"})
class AuditWebTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicLong NEXT_OFFSET = new AtomicLong();

  @TempDir static Path path;

  @Autowired AuditLog log;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    var server = EmbeddedServers.postgreSql();
    registry.add("spring.datasource.url", () -> server.createDatabase("audit_web"));
    registry.add("spring.datasource.username", server::username);
    registry.add("spring.datasource.password", server::password);
    registry.add("audit.directory", () -> path);
  }

  @Test
  void answersAChainInCausalOrder() throws Exception {
    accept(
        inChain("c-1", "c1-late", "reminder.scheduled", "c1-root", "2025-01-15T14:30:24Z"),
        inChain("c-1", "c1-early", "notification.sent", "c1-root", "2025-01-15T14:30:23Z"),
        inChain("c-1", "c1-root", "task.created", "api-create-1", "2025-01-15T14:30:25.000001Z"),
        inChain("c-1", "c1-early", "notification.sent", "c1-root", "2025-01-15T14:30:23Z"));

    HttpResponse<String> response = get("/audit/chains/c-1");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode chain = JSON.readTree(response.body());
    assertThat(chain.propertyNames()).containsExactly("correlation_id", "events");
    assertThat(chain.get("correlation_id").asString()).isEqualTo("c-1");
    assertThat(texts(chain, "event_id")).containsExactly("c1-root", "c1-early", "c1-late");
    assertThat(texts(chain, "depth")).containsExactly("0", "1", "1");
    assertThat(texts(chain, "occurrences")).containsExactly("1", "2", "1");
    JsonNode root = chain.get("events").get(0);
    assertThat(root.propertyNames())
        .containsExactly(
            "event_id",
            "event_type",
            "source",
            "causation_id",
            "occurred_at",
            "logged_at",
            "topic",
            "partition",
            "offset",
            "depth",
            "occurrences",
            "data");
    assertThat(root.get("occurred_at").asString()).isEqualTo("2025-01-15T14:30:25.000001Z");
    assertThat(root.get("causation_id").asString()).isEqualTo("api-create-1");
    assertThat(root.get("data").get("html").asString()).startsWith("<script>");
  }

  @Test
  void healsAChainWhenAMissingCauseIsLogged() throws Exception {
    accept(inChain("c-2", "c2-child", "a.done", "c2-root", "2025-01-15T14:30:24Z"));
    assertThat(texts(JSON.readTree(get("/audit/chains/c-2").body()), "depth")).containsExactly("0");

    accept(inChain("c-2", "c2-root", "a.done", "call", "2025-01-15T14:30:23Z"));

    assertThat(texts(JSON.readTree(get("/audit/chains/c-2").body()), "depth"))
        .containsExactly("0", "1");
  }

  @ParameterizedTest
  @CsvSource({"/audit/chains/never-seen,never-seen", "/audit/events/never-seen,never-seen"})
  void answersWhatIsUnknownWithAProblem(String path, String named) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(response.body()).get("detail").asString()).contains(named);
  }

  @Test
  void answersAnEventWithAllThatIsKnownOfIt() throws Exception {
    accept(
        new ReceivedRecord[] {
          record(
              Records.TASK_EVENTS,
              NEXT_OFFSET.getAndIncrement(),
              utf8("order-9"),
              wire("order.placed.json"),
              headers("event_type", "order.placed", "source", "someone-else"))
        });

    JsonNode event =
        JSON.readTree(get("/audit/events/5f9d0d0e-3c1b-4a44-8a43-0d6c0e5a7e55").body());

    assertThat(event.get("event_type").asString()).isEqualTo("order.placed");
    assertThat(event.get("metadata").toString())
        .isEqualTo(
            """
            {"correlation_id":"req-order-9","causation_id":"api-call-900","source":"order-api",\
            "tenant":"north"}""");
    assertThat(event.get("key").asString()).isEqualTo("order-9");
    assertThat(event.get("headers").toString())
        .isEqualTo("[[\"event_type\",\"order.placed\"],[\"source\",\"someone-else\"]]");
    assertThat(event.get("mismatches").toString())
        .isEqualTo("[{\"field\":\"source\",\"header\":\"someone-else\",\"body\":\"order-api\"}]");
    JsonNode occurrence = event.get("occurrences").get(0);
    assertThat(occurrence.get("topic_id").asString()).isEqualTo(Records.TASK_EVENTS.toString());
    assertThat(occurrence.get("timestamp").asString()).isEqualTo("2025-01-15T14:30:22.456Z");
    assertThat(occurrence.get("file").asString()).matches("audit-\\d{4}-\\d\\d-\\d\\d\\.jsonl");
  }

  @Test
  void pagesThroughEventsTheLatestFirst() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Pairs of one time, and each event twice.
      String time = "2024-03-01T10:00:%02dZ".formatted(i / 2);
      records.add(inChain("paged", "p" + i, "paged.done", null, time));
      records.add(inChain("paged", "p" + i, "paged.done", null, time));
    }
    accept(records.toArray(ReceivedRecord[]::new));

    List<String> ids = new ArrayList<>();
    List<String> times = new ArrayList<>();
    String query = "/audit/events?event_type=paged.done&source=web-test&limit=10";
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = JSON.readTree(get(query + cursor).body());
      ids.addAll(texts(page, "event_id"));
      times.addAll(texts(page, "occurred_at"));
      cursor =
          page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asString();
      pages++;
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void findsEventsByTimeAndChain() throws Exception {
    accept(
        inChain("timed", "t0", "a.done", null, "2023-05-01T10:00:00Z"),
        inChain("timed", "t1", "a.done", null, "2023-05-01T11:00:00Z"),
        inChain("timed", "t2", "a.done", null, "2023-05-01T12:00:00Z"));

    JsonNode page =
        JSON.readTree(
            get("/audit/events?correlation_id=timed&from=2023-05-01T13:00:00%2B02:00"
                    + "&to=2023-05-01T12:00:00Z")
                .body());

    assertThat(texts(page, "event_id")).containsExactly("t1");
    assertThat(page.get("events").get(0).get("correlation_id").asString()).isEqualTo("timed");
  }

  @Test
  void findsRecordsThatHaveNoReadableType() throws Exception {
    accept(record(NEXT_OFFSET.getAndIncrement(), wire("not-json.txt")));

    JsonNode page = JSON.readTree(get("/audit/events?unreadable=true").body());

    assertThat(texts(page, "unreadable")).isNotEmpty().containsOnly("true");
    assertThat(page.get("events").get(0).get("event_id").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "cursor,nonsense",
    "cursor,bm9uc2Vuc2U",
    "from,yesterday",
    "to,2025-01-15",
    "to,+999999999-12-31T23:59:59Z",
    "limit,0",
    "limit,1001",
    "limit,many",
    "unreadable,maybe"
  })
  void namesTheParameterThatIsWrong(String parameter, String value) throws Exception {
    HttpResponse<String> response =
        get("/audit/events?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
    assertThat(problem.get("detail").asString()).startsWith(parameter + " has to be");
  }

  @Test
  void drawsAChainWithoutTrustingAnyOfIt() throws Exception {
    accept(
        inChain("page", "<b>id</b>", "<img src=x>.done", "<i>cause</i>", "2025-01-15T14:30:23Z"),
        inChain("page", "effect", "a.done", "<b>id</b>", "2025-01-15T14:30:24.5Z"));

    HttpResponse<String> response = get("/chains/page");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(response.body())
        .contains("&lt;img src=x&gt;.done", "&lt;script&gt;", "+1.5 s", "2 events")
        .doesNotContain("<img", "<script", "<b>", "<i>cause", " style=", " onclick");
    assertThat(get("/audit/chain.css").statusCode()).isEqualTo(200);
  }

  @Test
  void drawsAChainOfAThousandEvents() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      records.add(
          inChain("long", "l" + i, "a.done", i == 0 ? null : "l" + i / 3, "2025-01-15T14:30:23Z"));
    }
    accept(records.toArray(ReceivedRecord[]::new));

    HttpResponse<String> response = get("/chains/long");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body().split("role=\"treeitem\"", -1)).hasSize(1001);
  }

  @Test
  void saysThatAChainIsUnknownOnAPageOfItsOwn() throws Exception {
    HttpResponse<String> response = get("/chains/%3Cscript%3E");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(response.body())
        .contains("&lt;script&gt;", "No event of this chain is logged yet")
        .doesNotContain("<script");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Logs records and waits until they are indexed. */
  private void accept(ReceivedRecord... records) {
    log.accept(batch(records));
    long last = records[records.length - 1].record().offset();
    await()
        .until(
            () ->
                jdbc.sql("select count(*) from audit.records where \"offset\" = ?")
                        .param(last)
                        .query(Integer.class)
                        .single()
                    == 1);
  }

  private static ReceivedRecord inChain(
      String chain, String id, String type, @Nullable String cause, String occurredAt) {
    ReceivedRecord template = event(NEXT_OFFSET.getAndIncrement(), id, type, cause, occurredAt);
    String json = new String(template.record().value(), StandardCharsets.UTF_8);
    return record(
        template.record().offset(),
        json.replace("\"req-1\"", '"' + chain + '"')
            .replace("\"source\":\"test\"", "\"source\":\"web-test\"")
            .replace("{\"n\":", "{\"html\":\"<script>alert('x')</script>\",\"n\":"));
  }

  private static List<String> texts(JsonNode answer, String name) {
    return answer.get("events").valueStream().map(event -> event.get(name).asString()).toList();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    ThymeleafAutoConfiguration.class,
    AuditAutoConfiguration.class
  })
  static class AuditAgentAlone {}
}
