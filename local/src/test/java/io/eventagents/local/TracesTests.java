package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All agents on all embedded servers, and a collector that receives their spans. */
@ExtendWith(OutputCaptureExtension.class)
class TracesTests {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String CLIENT_SPAN = "00f067aa0ba902b7";

  @TempDir static Path directory;
  static CollectorStandIn collector;
  static ConfigurableApplicationContext local;

  @BeforeAll
  static void start() throws Exception {
    collector = new CollectorStandIn();
    local =
        LocalSystem.start(
            directory,
            "--notification.teams.enabled=false",
            "--notification.sms.enabled=false",
            "--notification.push.enabled=false",
            "--notification.webhook.enabled=false",
            "--audit.trace-url=http://traces.example/trace/{trace_id}",
            "--management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint(),
            "--management.opentelemetry.tracing.export.schedule-delay=100ms");
  }

  @AfterAll
  static void stop() {
    local.close();
    collector.close();
  }

  @Test
  void oneTraceLeadsFromTheRequestThroughOutboxAndAgentsToTheAuditLog() throws Exception {
    String trace = randomTrace();
    createTask(trace, "req-" + trace);
    List<Span> spans = awaitSpans(trace, CHAIN_OF_A_NEW_TASK);

    Span request = named(spans, "http post /tasks").getFirst();
    assertThat(request.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    assertThat(parentOf(request)).isEqualTo(CLIENT_SPAN);
    Span created = named(spans, "send task.created").getFirst();
    assertThat(created.getKind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
    assertThat(parentOf(created)).isEqualTo(idOf(request));
    assertThat(attributes(created))
        .containsEntry("messaging.destination.name", "task-events")
        .containsEntry("event_type", "task.created")
        .containsEntry("correlation_id", "req-" + trace)
        .containsKey("event_id");
    for (String agent : List.of("notification-email", "notification-slack", "reminder-scheduler")) {
      Span call = named(spans, agent + " task.created").getFirst();
      assertThat(call.getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
      assertThat(parentOf(call)).isEqualTo(idOf(created));
      assertThat(attributes(call))
          .containsEntry("event_id", attributes(created).get("event_id"))
          .containsEntry("correlation_id", "req-" + trace)
          .containsEntry("messaging.destination.name", "task-events");
      assertThat(
              spans.stream().filter(span -> parentOf(span).equals(idOf(call))).map(Span::getName))
          .as("spans of events that %s emitted", agent)
          .containsExactly(
              agent.equals("reminder-scheduler")
                  ? "send reminder.scheduled"
                  : "send notification.sent");
    }
    assertThat(parentOf(named(spans, "audit-log task.created").getFirst()))
        .isEqualTo(idOf(created));
    assertThat(named(spans, "audit-log notification.sent").stream().map(TracesTests::parentOf))
        .containsExactlyInAnyOrderElementsOf(
            named(spans, "send notification.sent").stream().map(TracesTests::idOf).toList());
  }

  @Test
  void eventsThatTheAuditWroteTogetherLinkToTheirBatch() throws Exception {
    String trace = randomTrace();
    createTask(trace, "req-" + trace);
    List<Span> spans = awaitSpans(trace, CHAIN_OF_A_NEW_TASK);

    Span.Link link = named(spans, "audit-log task.created").getFirst().getLinksList().getFirst();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(collector.all())
                    .filteredOn(span -> span.getSpanId().equals(link.getSpanId()))
                    .singleElement()
                    .satisfies(
                        batch -> {
                          assertThat(batch.getName()).isEqualTo("audit-log batch");
                          assertThat(batch.getTraceId()).isEqualTo(link.getTraceId());
                          assertThat(attributes(batch).get("messaging.batch.message_count"))
                              .matches("[1-9][0-9]*");
                        }));
  }

  @Test
  void eventsThatComeInOneBatchStayInTheirTraces() throws Exception {
    Map<String, Thread> clients =
        Stream.generate(TracesTests::randomTrace)
            .limit(20)
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    trace ->
                        Thread.ofVirtual()
                            .start(() -> createTaskUnchecked(trace, "req-" + trace))));
    for (Thread client : clients.values()) {
      client.join();
    }

    for (String trace : clients.keySet()) {
      assertThat(awaitSpans(trace, CHAIN_OF_A_NEW_TASK))
          .filteredOn(span -> attributes(span).containsKey("correlation_id"))
          .allSatisfy(
              span -> assertThat(attributes(span)).containsEntry("correlation_id", "req-" + trace));
    }
  }

  @Test
  void agentThatSkipsAnEventLeavesNoSpan() throws Exception {
    String taskId =
        JSON.readTree(createTask(randomTrace(), "req-" + UUID.randomUUID()).body())
            .path("id")
            .asString();
    String trace = randomTrace();
    send("POST", "/tasks/" + taskId + "/complete", "", trace, "req-" + trace);
    List<Span> spans =
        awaitSpans(
            trace,
            List.of(
                "http post /tasks/{id}/complete",
                "send task.completed",
                "notification-slack task.completed",
                "reminder-scheduler task.completed",
                "orchestrator-follow-ups notification.sent",
                "audit-log task.completed",
                "send notification.sent",
                "audit-log notification.sent",
                "send reminder.cancelled",
                "audit-log reminder.cancelled"));

    assertThat(spans).extracting(Span::getName).noneMatch(name -> name.contains("email"));
  }

  @Test
  void probesLeaveNoSpan() throws Exception {
    String probe = randomTrace();
    String trace = randomTrace();
    send("GET", "/actuator/health/readiness", "", probe, "req-" + probe);
    createTask(trace, "req-" + trace);
    awaitSpans(trace, CHAIN_OF_A_NEW_TASK);

    assertThat(collector.trace(probe)).isEmpty();
  }

  @Test
  void requestOfAnUnsampledTraceLeavesNoSpanButKeepsItsTrace() throws Exception {
    String trace = randomTrace();
    String correlation = "req-" + trace;
    HTTP.send(
        request("/tasks", correlation)
            .header("traceparent", "00-" + trace + "-" + CLIENT_SPAN + "-00")
            .POST(HttpRequest.BodyPublishers.ofString(task("user-1")))
            .build(),
        BodyHandlers.ofString());
    JsonNode events = awaitChain(correlation);
    String later = randomTrace();
    createTask(later, "req-" + later);
    awaitSpans(later, CHAIN_OF_A_NEW_TASK);

    assertThat(events.valueStream())
        .allSatisfy(
            event -> {
              assertThat(event.path("trace_id").asString()).isEqualTo(trace);
              assertThat(event.path("trace_sampled").asBoolean(true)).isFalse();
            });
    assertThat(collector.trace(trace)).isEmpty();
    assertThat(get("/chains/" + correlation)).contains(trace).doesNotContain("traces.example");
  }

  @Test
  void auditNamesTheTraceInItsLinesInTheChainAndOnItsPage() throws Exception {
    String trace = randomTrace();
    String correlation = "req-" + trace;
    createTask(trace, correlation);

    assertThat(
            awaitChain(correlation).valueStream().map(event -> event.path("trace_id").asString()))
        .containsOnly(trace);
    assertThat(get("/chains/" + correlation))
        .contains("href=\"http://traces.example/trace/" + trace + "\"");
    assertThat(auditLines(correlation))
        .hasSize(4)
        .allMatch(line -> line.contains("[\"traceparent\",\"00-" + trace));
  }

  @Test
  void unreachableCollectorDisturbsNothingAndIsLoggedOnce(CapturedOutput output) throws Exception {
    collector.goAway();
    String before = output.getAll();
    try {
      for (int i = 0; i < 5; i++) {
        String correlation = "req-" + UUID.randomUUID();
        createTask(randomTrace(), correlation);
        awaitChain(correlation);
      }
      await()
          .atMost(PATIENCE)
          .until(() -> output.getAll().contains("Spans cannot be exported and are dropped"));
      String correlation = "req-" + UUID.randomUUID();
      createTask(randomTrace(), correlation);
      awaitChain(correlation);
    } finally {
      collector.comeBack();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String trace = randomTrace();
              createTask(trace, "req-" + trace);
              awaitSpans(trace, CHAIN_OF_A_NEW_TASK);
            });

    List<String> lines =
        output
            .getAll()
            .substring(before.length())
            .lines()
            .filter(
                line ->
                    line.toLowerCase(java.util.Locale.ROOT).contains("span")
                        || line.contains("opentelemetry")
                        || line.contains("ConnectException"))
            .toList();
    assertThat(lines)
        .hasSize(2)
        .satisfiesExactly(
            away -> assertThat(away).contains("WARN", "Spans cannot be exported"),
            back -> assertThat(back).contains("INFO", "Spans are exported again"));
  }

  private static final List<String> CHAIN_OF_A_NEW_TASK =
      List.of(
          "http post /tasks",
          "send task.created",
          "notification-email task.created",
          "notification-slack task.created",
          "reminder-scheduler task.created",
          "send notification.sent",
          "send notification.sent",
          "send reminder.scheduled",
          "orchestrator-follow-ups notification.sent",
          "orchestrator-follow-ups notification.sent",
          "orchestrator-follow-ups reminder.scheduled",
          "audit-log task.created",
          "audit-log notification.sent",
          "audit-log notification.sent",
          "audit-log reminder.scheduled");

  /** Waits until the trace has exactly these spans. */
  private static List<Span> awaitSpans(String trace, List<String> names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(collector.trace(trace))
                    .extracting(Span::getName)
                    .containsExactlyInAnyOrderElementsOf(names));
    return collector.trace(trace);
  }

  private static List<Span> named(List<Span> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static String idOf(Span span) {
    return CollectorStandIn.id(span.getSpanId().toByteArray());
  }

  private static String parentOf(Span span) {
    return CollectorStandIn.id(span.getParentSpanId().toByteArray());
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                attribute -> attribute.getKey(),
                attribute ->
                    attribute.getValue().hasIntValue()
                        ? Long.toString(attribute.getValue().getIntValue())
                        : attribute.getValue().getStringValue()));
  }

  private static String randomTrace() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static HttpResponse<String> createTask(String trace, String correlation)
      throws Exception {
    HttpResponse<String> created =
        send("POST", "/tasks", task("user-" + trace), trace, correlation);
    assertThat(created.statusCode()).isEqualTo(201);
    return created;
  }

  private static void createTaskUnchecked(String trace, String correlation) {
    try {
      createTask(trace, correlation);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String task(String owner) {
    return "{\"title\":\"Review quarterly report\",\"owner_id\":\"%s\",\"priority\":2}"
        .formatted(owner);
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String trace, String correlation) throws Exception {
    return HTTP.send(
        request(path, correlation)
            .header("traceparent", "00-" + trace + "-" + CLIENT_SPAN + "-01")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String correlation) {
    return HttpRequest.newBuilder(URI.create(base() + path))
        .header("Content-Type", "application/json")
        .header("X-Correlation-ID", correlation);
  }

  private static String get(String path) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(base() + path)).build(), BodyHandlers.ofString())
        .body();
  }

  private static String base() {
    return "http://127.0.0.1:" + local.getEnvironment().getProperty("local.server.port");
  }

  private static JsonNode awaitChain(String correlation) throws Exception {
    await().atMost(PATIENCE).until(() -> chain(correlation).size() == 4);
    return chain(correlation);
  }

  private static JsonNode chain(String correlation) throws Exception {
    return JSON.readTree(get("/audit/chains/" + correlation)).path("events");
  }

  private static List<String> auditLines(String correlation) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().filter(line -> line.contains(correlation)).toList();
  }
}
