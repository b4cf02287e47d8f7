package io.eventagents.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers larger than the heap of the audit agent that gives them, in a process of its own. */
@Timeout(420)
class LargeAnswersTests {

  private static final String HEAP = "192m";
  private static final int EVENTS = 350;
  private static final int FILLING = 700_000;
  private static final int LONG = 100_500;
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir static Path directory;

  private static Process agent;
  private static String base;
  private static JdbcClient jdbc;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    EmbeddedServers.start();
    String url = EmbeddedServers.postgreSql().createDatabase("large_answers");
    agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AuditAgentApplication.class.getName(),
                "--server.port=0",
                "--audit.directory=" + directory.resolve("log"),
                "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
                "--spring.cloud.stream.bindings.auditLog-in-0.destination=large-answers-events",
                "--spring.cloud.stream.bindings.auditLog-in-0.group=large-answers",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "--spring.datasource.password=" + EmbeddedServers.postgreSql().password())
            .redirectErrorStream(true)
            .redirectOutput(output())
            .start();
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> !agent.isAlive() || PORT.matcher(said()).find());
    Matcher port = PORT.matcher(said());
    assertThat(port.find()).as(said()).isTrue();
    base = "http://localhost:" + port.group(1);
    jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                url,
                EmbeddedServers.postgreSql().username(),
                EmbeddedServers.postgreSql().password()));
    jdbc.sql("insert into audit.logs (log_id, directory) values (gen_random_uuid(), 'rows')")
        .update();
    insert("large", EVENTS, FILLING);
    insert("long", LONG, 0);
    insert("huge", 1, 20_000_000);
    jdbc.sql("analyze audit.records").update();
  }

  /** Inserts rows as the indexer does: a tree of causes, each padded. */
  private static void insert(String chain, int events, int filling) {
    jdbc.sql(
            """
            insert into audit.records (topic_id, topic, partition, "offset", log, file, position, length,
              logged_at, headers, payload, event_id, event_type, source, correlation_id, causation_id,
              occurred_at, metadata, data)
            select gen_random_uuid(), 'task-events', 0, i, (select max(id) from audit.logs), 'audit-2025-01-15.jsonl',
              i, 1, '2025-01-15T12:00:00Z', '[]', 'event', :chain || '-' || i, 'task.created', 'filler',
              :chain, case when i = 0 then 'api-1' else :chain || '-' || (i - 1) / 3 end,
              timestamptz '2025-01-15T12:00:00Z' - i * interval '1 ms', '{}',
              '{"filling":"' || repeat('x', :filling) || '"}'
            from generate_series(0, :events - 1) i
            """)
        .param("chain", chain)
        .param("events", events)
        .param("filling", filling)
        .update();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (agent != null) {
      agent.destroyForcibly().waitFor();
    }
  }

  @AfterEach
  void neverRanOutOfMemory() throws IOException {
    assertThat(agent.isAlive()).as(said()).isTrue();
    assertThat(said()).doesNotContain("OutOfMemoryError", "Java heap space");
  }

  @Test
  void sendsAChainPageByPageInTheOrderOfCauses() throws Exception {
    List<String> ids = new ArrayList<>();
    int pages = 0;
    String cursor = "";
    do {
      Page page = page("/audit/chains/large?cursor=" + cursor);
      assertThat(page.bytes()).isLessThan(34_000_000);
      assertThat(page.filling()).isEqualTo((long) FILLING * page.ids().size());
      ids.addAll(page.ids());
      cursor = page.next();
      pages++;
    } while (cursor != null);

    assertThat(pages).isEqualTo((EVENTS + 46) / 47);
    assertThat(ids).hasSize(EVENTS).doesNotHaveDuplicates().startsWith("large-0", "large-3");
    for (int i = 1; i < EVENTS; i++) {
      assertThat(ids.indexOf("large-" + (i - 1) / 3)).isLessThan(ids.indexOf("large-" + i));
    }
  }

  @Test
  void sendsASearchPageByPage() throws Exception {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Page page = page("/audit/events?limit=340&correlation_id=large&cursor=" + cursor);
      assertThat(page.bytes()).isLessThan(34_000_000);
      ids.addAll(page.ids());
      cursor = page.next();
    } while (cursor != null);

    assertThat(ids).hasSize(EVENTS).doesNotHaveDuplicates().startsWith("large-0", "large-1");
    assertThat(page("/audit/events/large-1/children?limit=1000").ids()).hasSize(3);
    assertThat(page("/audit/events/large-349/ancestors").ids())
        .containsExactly("large-116", "large-38", "large-12", "large-3", "large-0");
  }

  @Test
  void exportsAllOfItSeveralTimesAtOnce() throws Exception {
    List<Callable<Long>> requests =
        List.of(
            () -> events(page("/audit/chains/large?format=json")),
            () -> lines("/audit/chains/large?format=jsonl"),
            () -> lines("/audit/events?correlation_id=large&format=jsonl"),
            () -> events(page("/audit/events?correlation_id=large&format=json")));
    try (ExecutorService threads = Executors.newFixedThreadPool(requests.size())) {
      for (Future<Long> found : threads.invokeAll(requests)) {
        assertThat(found.get()).isEqualTo(EVENTS);
      }
    }
  }

  /** Events after the last ordered one follow in the order of time, without a depth. */
  @Test
  void exportsAWholeChainThatIsTooLongToBeOrdered() throws Exception {
    int lines = 0;
    int withoutDepth = 0;
    try (BufferedReader body = reader(get("/audit/chains/long?format=jsonl"))) {
      for (String line = body.readLine(); line != null; line = body.readLine()) {
        lines++;
        withoutDepth += line.contains("\"depth\":") ? 0 : 1;
      }
    }
    JsonNode page = JSON.readTree(get("/audit/chains/long?limit=10").body());

    assertThat(lines).isEqualTo(LONG);
    assertThat(withoutDepth).isEqualTo(LONG - 100_000);
    assertThat(page.path("truncated").asBoolean()).isTrue();
    assertThat(page.path("events")).hasSize(10);
  }

  @Test
  void sendsAnEventThatIsLargerThanAPart() throws Exception {
    assertThat(page("/audit/chains/huge").filling()).isEqualTo(20_000_000);
    assertThat(page("/audit/events?correlation_id=huge").filling()).isEqualTo(20_000_000);
    try (InputStream event = get("/audit/events/huge-0").body()) {
      assertThat(event.readAllBytes().length).isGreaterThan(20_000_000);
    }
  }

  @Test
  void showsThemOnPages() throws Exception {
    for (String path :
        List.of(
            "/",
            "/chains/large",
            "/chains/large?page=2",
            "/chains/long",
            "/chains/huge",
            "/events/large-7",
            "/?q=" + URLEncoder.encode("filler", StandardCharsets.UTF_8),
            "/audit/chains?limit=200",
            "/audit/search?q=large-7",
            "/agents")) {
      HttpResponse<InputStream> answer = get(path);
      try (InputStream body = answer.body()) {
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(body.readAllBytes().length).as(path).isBetween(1, 3_000_000);
      }
    }
  }

  @Test
  void showsTheAgentsWithMostEventsAndCountsTheOthers() throws Exception {
    jdbc.sql(
            """
            insert into audit.records (topic_id, topic, partition, "offset", log, file, position, length,
              logged_at, headers, payload, event_id, event_type, source, correlation_id, occurred_at)
            select gen_random_uuid(), 'task-events', 0, i, (select max(id) from audit.logs), 'audit-2025-01-15.jsonl',
              i, 1, now(), '[]', 'event', 'e-' || i, 'task.created',
              case when i < 10 then 'the-busy-one' else 'source-' || i || repeat('x', 300) end,
              'c-' || i, now() - interval '1 s'
            from generate_series(0, 309) i
            """)
        .update();

    // The page looks for them every few seconds.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              String page = text("/agents");
              assertThat(page).contains("the-busy-one", "And 101 other sources with 101 events.");
              assertThat(page.split("<th scope=\"row\">", -1)).hasSize(201);
            });
    jdbc.sql("delete from audit.records where source like 'source-%' or source = 'the-busy-one'")
        .update();
  }

  private String text(String path) throws Exception {
    try (InputStream body = get(path).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * An answer.
   *
   * @param filling how much padding it has in total
   * @param next for the next page
   */
  private record Page(List<String> ids, long filling, @Nullable String next, long bytes) {}

  private static long events(Page page) {
    return page.ids().size();
  }

  /** Reads while it arrives, so that this process needs no memory for it either. */
  private Page page(String path) throws Exception {
    List<String> ids = new ArrayList<>();
    long filling = 0;
    String next = null;
    HttpResponse<InputStream> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    try (JsonParser parser = JSON.createParser(answer.body())) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.PROPERTY_NAME) {
          switch (parser.currentName()) {
            case "event_id" -> ids.add(parser.nextStringValue());
            case "filling" -> filling += parser.nextStringValue().length();
            case "next_cursor" -> next = parser.nextStringValue();
            default -> {}
          }
        }
      }
      assertThat(depth).isZero();
      return new Page(ids, filling, next, parser.currentLocation().getByteOffset());
    }
  }

  private long lines(String path) throws Exception {
    long lines = 0;
    try (BufferedReader body = reader(get(path))) {
      for (String line = body.readLine(); line != null; line = body.readLine()) {
        assertThat(line).startsWith("{\"event_id\":\"large-").endsWith("}");
        lines++;
      }
    }
    return lines;
  }

  private static BufferedReader reader(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpResponse<InputStream> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static File output() {
    return directory.resolve("output").toFile();
  }

  private static String said() throws IOException {
    return Files.readString(output().toPath());
  }
}
