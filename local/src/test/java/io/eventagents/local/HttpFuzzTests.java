package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.local.fuzz.LogWatch;
import io.eventagents.local.fuzz.Operation;
import io.eventagents.local.fuzz.Operations;
import io.eventagents.local.fuzz.RawAnswer;
import io.eventagents.local.fuzz.RawConnection;
import io.eventagents.local.fuzz.RawRequest;
import io.eventagents.local.fuzz.RequestForge;
import io.eventagents.local.fuzz.RequestForge.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends thousands of requests, each wrong in some way, to every address of the whole system. Each
 * gets an answer; a refused one gets a problem document, and none is reported as a server error.
 *
 * <p>To run it alone, with another seed and more requests: {@code -Dtest=HttpFuzzTests
 * -Dfuzz.seed=7 -Dfuzz.requests=50000}; to repeat one request: {@code -Dfuzz.seed=7
 * -Dfuzz.only=4711}.
 */
class HttpFuzzTests {

  private static final long SEED = Long.getLong("fuzz.seed", 20261129);
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 4000);
  private static final @Nullable Integer ONLY = Integer.getInteger("fuzz.only");
  private static final int CONNECTIONS = 4;
  private static final int SHOWN = 20;

  /** The codes by which HTTP refuses a method, a transfer coding or a protocol version. */
  private static final Set<Integer> NO_FAILURES = Set.of(501, 505);

  /** These query the broker. They answer 503 if it is slow, as it may be on a busy machine. */
  private static final List<String> ASK_THE_BROKER = List.of("/dead-letters", "/letter");

  /** These answer as the providers that they stand in for. */
  private static final List<String> STAND_INS =
      List.of("/fcm/", "/slack/", "/teams/", "/twilio/", "/webhook");

  /** Lines that an operator should see, each without a stack trace. */
  private static final List<String> EXPECTED_LINES =
      List.of("A receipt was refused: ", "A receipt of twilio cannot be read: ");

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CHAIN = "req-fuzz";
  private static final String OWNER = "user-fuzz";

  private static final String TASK =
      """
      {"title":"Review","owner_id":"user-fuzz","priority":2,"due_at":"2999-01-15T14:30:00Z",\
      "time_zone":"Europe/Berlin","recurrence":"FREQ=YEARLY"}""";

  private static final String DEAD_LETTERS =
      """
      {"agent":"a","event_type":"task.created","reason":"x","from":"2025-01-15T14:30:22Z",\
      "to":"2025-01-15T14:30:22Z","state":["open"],"why":"b","dry_run":true}""";

  private static final Map<String, Sample> SAMPLES =
      Map.ofEntries(
          json("POST /tasks", TASK),
          json("PATCH /tasks/{id}", "{\"title\":\"Review\",\"priority\":5,\"due_at\":null}"),
          sample("POST /tasks/bulk", "application/x-ndjson", TASK + "\n" + TASK + "\n"),
          json("POST /reminders/{id}/snooze", "{\"duration\":\"PT15M\"}"),
          json(
              "PUT /recipients/{id}",
              """
              {"email":"kim@company.com","phone":"+4930123456","slack_user":"U012ABCDEF",\
              "push_tokens":["a"],"web_push":[{"endpoint":"https://a.example","p256dh":"a","auth":"a"}],\
              "language":"de-AT","time_zone":"Europe/Vienna","channels":["email","sms"],\
              "quiet_hours":{"from":"22:00","to":"07:00"},"digests":{"email":{"at":"08:00"}}}"""),
          json("POST /dead-letters/replay", DEAD_LETTERS),
          json("POST /dead-letters/discard", DEAD_LETTERS),
          json("POST /dead-letters/{agent}/{id}/replay", "{\"why\":\"b\",\"dry_run\":true}"),
          json("POST /dead-letters/{agent}/{id}/discard", "{\"why\":\"b\",\"dry_run\":true}"),
          json(
              "POST /audit/erasures",
              "{\"subject\":{\"owner_id\":\"u\"},\"reason\":\"a\",\"whole_chains\":true,\"dry_run\":true}"),
          form("POST /receipts/{name}", "MessageSid=SM1&MessageStatus=delivered&To=%2B4930123456"),
          form("POST /letters/plan", "action=replay&agent=a&event_type=b&reason=c&id=1"),
          form("POST /letter-works", "action=replay&agent=a&event_type=b&reason=c&id=1&why=d"),
          form("POST /evidence", ""),
          json("POST /slack/services/{workspace}/{app}/{secret}", "{\"text\":\"a\"}"),
          json("POST /webhook", "{\"type\":\"task.created\"}"));

  @TempDir static Path directory;
  static ConfigurableApplicationContext local;
  static int port;
  static int management;

  @BeforeAll
  static void start() {
    local =
        LocalSystem.start(
            directory, "--management.server.port=0", "--management.server.address=127.0.0.1");
    port = local.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    management = local.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  @Test
  void answersEveryRequestAndNoneWithAServerError() throws Exception {
    RequestForge application = new RequestForge(operations(), SAMPLES, known(), SEED);
    RequestForge actuator =
        new RequestForge(Operations.linked(get(management, "/actuator")), Map.of(), known(), SEED);

    try (LogWatch log = LogWatch.begin("http-nio-")) {
      List<String> findings = new ArrayList<>(fuzz(port, application, REQUESTS));
      findings.addAll(fuzz(management, actuator, REQUESTS / 20));

      assertThat(findings.stream().limit(SHOWN)).as("seed %d", SEED).isEmpty();
      assertThat(
              log.lines().stream()
                  .filter(line -> EXPECTED_LINES.stream().noneMatch(line::contains))
                  .distinct()
                  .limit(SHOWN))
          .as("seed %d", SEED)
          .isEmpty();
    }
  }

  private static List<Operation> operations() throws IOException {
    return Stream.of(
            Operations.mapped(local),
            Operations.documented(get(port, "/v3/api-docs")),
            Operations.others(List.of("/console/console.css", "/console/console.js")))
        .flatMap(List::stream)
        .toList();
  }

  /** Ids that exist, so that not every request ends in 404. */
  private static List<String> known() throws IOException {
    RawAnswer created =
        send(
            port,
            "POST /tasks",
            "X-Correlation-ID: " + CHAIN,
            "Content-Type: application/json",
            TASK);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonNode events =
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () -> get(port, "/audit/chains/" + CHAIN).path("events"),
                found -> found.findValues("reminder_id").size() > 0);
    List<String> known = new ArrayList<>(List.of(CHAIN, OWNER, "twilio", "notification-email"));
    known.addAll(events.findValuesAsString("task_id"));
    known.addAll(events.findValuesAsString("reminder_id"));
    known.addAll(events.findValuesAsString("event_id"));
    known.add(UUID.nameUUIDFromBytes(new byte[0]).toString());
    return known.stream().distinct().sorted().toList();
  }

  private static List<String> fuzz(int port, RequestForge forge, int requests) throws Exception {
    if (ONLY != null) {
      try (RawConnection connection = new RawConnection(port)) {
        return judged(connection, port, forge, ONLY, (request, answer) -> answer.toString());
      }
    }
    AtomicInteger next = new AtomicInteger();
    List<Future<List<String>>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        parts.add(
            threads.submit(
                () -> {
                  List<String> findings = new ArrayList<>();
                  try (RawConnection connection = new RawConnection(port)) {
                    for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                      findings.addAll(judged(connection, port, forge, n, HttpFuzzTests::fault));
                    }
                  }
                  return findings;
                }));
      }
    }
    List<String> findings = new ArrayList<>();
    for (Future<List<String>> part : parts) {
      findings.addAll(part.get());
    }
    return findings;
  }

  private static List<String> judged(
      RawConnection connection,
      int port,
      RequestForge forge,
      int number,
      BiFunction<RawRequest, RawAnswer, String> verdict)
      throws IOException {
    RawRequest request = forge.forge(number);
    String fault;
    try {
      fault = verdict.apply(request, connection.send(request));
    } catch (IOException e) {
      connection.close();
      fault = "incomplete answer: " + e;
    }
    return fault.isEmpty()
        ? List.of()
        : List.of("-Dfuzz.only=%d: %s%n%s".formatted(number, fault, request.command(port)));
  }

  /** What is wrong with an answer; empty if nothing is. */
  private static String fault(RawRequest request, RawAnswer answer) {
    if (answer.status() == 0) {
      return request.last() || isWithoutHead(answer)
          ? ""
          : "closed without an answer " + answer.body();
    }
    boolean busy =
        answer.status() == 503 && ASK_THE_BROKER.stream().anyMatch(request.toString()::contains);
    if (answer.status() >= 500 && !busy && !NO_FAILURES.contains(answer.status())) {
      return "answered " + answer.status() + " " + answer.body();
    }
    boolean nameless = // Actuator answers without a body if an endpoint does not know the path
        answer.status() == 404
            && answer.body().isEmpty()
            && request.toString().contains("/actuator/");
    boolean page = // the answer to HEAD has no body
        (answer.status() == 400 || answer.status() == 404)
            && answer.type().startsWith("text/html")
            && (request.head() || answer.body().contains("<nav"));
    return answer.status() >= 400
            && !answer.type().startsWith("application/problem+json")
            && !page
            && !nameless
            && STAND_INS.stream().noneMatch(request.toString()::contains)
        ? "refused with " + answer.status() + " " + answer.type() + " " + answer.body()
        : "";
  }

  /**
   * If Tomcat cannot read a request line up to its version, it may answer as in HTTP/0.9: with the
   * problem document alone.
   */
  private static boolean isWithoutHead(RawAnswer answer) {
    try {
      int status = JSON.readTree(answer.body()).path("status").asInt();
      return (status >= 400 && status < 500) || NO_FAILURES.contains(status);
    } catch (JacksonException noDocument) {
      return false;
    }
  }

  private static JsonNode get(int port, String path) throws IOException {
    return JSON.readTree(send(port, "GET " + path).body());
  }

  private static RawAnswer send(int port, String target, String... headersAndBody)
      throws IOException {
    String body = headersAndBody.length == 0 ? "" : headersAndBody[headersAndBody.length - 1];
    StringBuilder text = new StringBuilder(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = 0; i < headersAndBody.length - 1; i++) {
      text.append(headersAndBody[i]).append("\r\n");
    }
    text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    try (RawConnection connection = new RawConnection(port)) {
      return connection.send(
          new RawRequest(text.toString().getBytes(StandardCharsets.ISO_8859_1), false, false));
    }
  }

  private static Map.Entry<String, Sample> json(String operation, String body) {
    return sample(operation, "application/json", body);
  }

  private static Map.Entry<String, Sample> form(String operation, String body) {
    return sample(operation, "application/x-www-form-urlencoded", body);
  }

  private static Map.Entry<String, Sample> sample(String operation, String type, String body) {
    return Map.entry(operation, new Sample(type, body));
  }
}
