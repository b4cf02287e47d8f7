package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All agents on all embedded servers, seen from outside: through HTTP, mail, Kafka and files. */
class LocalSystemTests {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path directory;
  static ConfigurableApplicationContext local;

  @BeforeAll
  static void start() {
    local = LocalSystem.start(directory);
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  @Test
  void createdTaskLeadsToItsCompleteChainEverywhere() throws Exception {
    String correlation = "req-" + UUID.randomUUID();
    String owner = "user-" + UUID.randomUUID();
    HttpResponse<String> created =
        post(
            "/tasks",
            """
            {"title":"Review quarterly report","owner_id":"%s","priority":2}"""
                .formatted(owner),
            correlation);
    assertThat(created.statusCode()).isEqualTo(201);
    String taskId = JSON.readTree(created.body()).path("id").asString();
    List<JsonNode> events = completeChain(correlation);

    JsonNode root = events.getFirst();
    assertThat(root.path("event_type").asString()).isEqualTo("task.created");
    assertThat(root.path("data").path("task_id").asString()).isEqualTo(taskId);
    assertThat(events.subList(1, events.size()))
        .allSatisfy(
            event ->
                assertThat(event.path("causation_id").asString())
                    .isEqualTo(root.path("event_id").asString()));
    assertThat(get("/inbox").body())
        .contains(owner + "@company.com", "Review quarterly report", "Slack", "Teams", "Webhook");
    assertThat(get("/calendars/" + owner + ".ics").body())
        .contains("BEGIN:VEVENT", "Review quarterly report");
    assertThat(get("/chains/" + correlation).body()).contains("task.created", "reminder.scheduled");
    assertThat(auditLines()).filteredOn(line -> line.contains(correlation)).hasSize(6);
    JsonNode published = envelope("task-events", taskId);
    assertThat(published.path("event_type").asString()).isEqualTo("task.created");
    assertThat(published.path("metadata").path("correlation_id").asString()).isEqualTo(correlation);
    assertThat(published.path("data").path("owner_id").asString()).isEqualTo(owner);
  }

  @Test
  void metricsAreExposedForPrometheus() {
    await()
        .untilAsserted(
            () ->
                assertThat(get("/actuator/prometheus").body())
                    .contains("audit_log_records_total", "spring_kafka_listener", "jvm_memory"));
  }

  @Test
  void prometheusFindsNoFaultWithTheMeters() throws Exception {
    PrometheusTool promtool = PrometheusTool.installed();
    post("/tasks", "{\"title\":\"Review\",\"owner_id\":\"user-456\"}", "req-" + UUID.randomUUID());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("/actuator/prometheus").body())
                    .contains("event_agents_handle_seconds_count{agent=\"notification-email\""));

    assertThat(promtool.faults(get("/actuator/prometheus").body())).isEmpty();
  }

  @Test
  void taskShowsWhatFollowedIt() {
    HttpResponse<String> created =
        post(
            "/tasks",
            """
            {"title":"Review","owner_id":"user-456","due_at":"2999-01-15T14:30:00Z"}""",
            "req-" + UUID.randomUUID());
    String path = created.headers().firstValue("Location").orElseThrow();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(JSON.readTree(get(path).body()).path("follow_ups").values())
                    .extracting(
                        followUp ->
                            followUp.path("event_type").asString()
                                + " "
                                + followUp.path("state").asString())
                    .containsExactly("notification.sent followed", "reminder.scheduled followed"));
    assertThat(JSON.readTree(get(path + "/events").body()).path("events").values())
        .extracting(event -> event.path("event_type").asString())
        .startsWith("task.created")
        .contains("notification.sent", "reminder.scheduled");
    assertThat(get("/v3/api-docs").body()).contains("/tasks/bulk");
  }

  @Test
  void eventOfAForeignProducerIsHandledTheSameWay() throws Exception {
    String correlation = "req-" + UUID.randomUUID();
    String reference =
        resource("/wire/task.created.json")
            .replace("req-abc-123", correlation)
            .replace("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d", UUID.randomUUID().toString());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("task-events", "task-123", reference)).get();
    }

    assertThat(completeChain(correlation)).hasSize(6);
  }

  @Test
  void eventWhoseTextsHoldNulIsHandledOnceEverywhere() throws Exception {
    String plainOwner = "user-" + UUID.randomUUID();
    String plain = "req-" + UUID.randomUUID();
    publish(foreign(plainOwner, plain), null);
    assertThat(completeChain(plain)).hasSize(6);
    String owner = "user-" + UUID.randomUUID();
    String inBody = "req-" + UUID.randomUUID();
    publish(
        foreign(owner, inBody + "\\u0000x").replace("Review quarterly", "Review\\u0000quarterly"),
        null);
    String otherOwner = "user-" + UUID.randomUUID();
    String inHeader = "req-" + UUID.randomUUID();
    publish(foreign(otherOwner, "").replace("\"correlation_id\": \"\",", ""), inHeader + "\0x");

    for (String correlation : List.of(inBody, inHeader)) {
      // Shown with a visible replacement character.
      List<JsonNode> events = completeChain(correlation + "%EF%BF%BDx");
      assertThat(events.subList(1, events.size()))
          .allSatisfy(
              event ->
                  assertThat(event.path("causation_id").asString())
                      .isEqualTo(events.getFirst().path("event_id").asString()));
    }
    assertThat(
            envelope("reminder-events", owner).path("metadata").path("correlation_id").asString())
        .isEqualTo(inBody + "\0x");
    String inbox = get("/inbox").body();
    assertThat(count(inbox, owner))
        .isEqualTo(count(inbox, plainOwner))
        .isEqualTo(count(inbox, otherOwner))
        .isPositive();
    assertThat(get("/dead-letters").body()).doesNotContain(owner, otherOwner);
  }

  private static String foreign(String owner, String correlation) throws IOException {
    return resource("/wire/task.created.json")
        .replace("req-abc-123", correlation)
        .replace("user-456", owner)
        .replace("task-123", owner)
        .replace("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d", UUID.randomUUID().toString());
  }

  private static void publish(String json, @Nullable String correlationHeader) throws Exception {
    ProducerRecord<String, String> record = new ProducerRecord<>("task-events", "foreign", json);
    if (correlationHeader != null) {
      record.headers().add("correlation_id", correlationHeader.getBytes(StandardCharsets.UTF_8));
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
      producer.send(record).get();
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void ownerInTheTableIsReachedOnEveryChannelAndTheTextMessageHasItsReceipt() {
    String owner = "user-" + UUID.randomUUID();
    HttpResponse<String> put =
        send(
            HttpRequest.newBuilder(uri("/recipients/" + owner))
                .header("Content-Type", "application/json")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"email":"kim@elsewhere.example","phone":"+4930123456","push_tokens":["app-%s"]}"""
                            .formatted(owner)))
                .build());
    assertThat(put.statusCode()).isEqualTo(201);
    String correlation = "req-" + UUID.randomUUID();
    post("/tasks", "{\"title\":\"Call back\",\"owner_id\":\"" + owner + "\"}", correlation);
    JsonNode delivered = awaitEvent(correlation, "sms.delivered");

    List<JsonNode> sent = awaitAllSent(correlation, 6);
    assertThat(sent)
        .extracting(event -> event.path("data").path("channel").asString())
        .containsExactlyInAnyOrder("email", "slack", "teams", "sms", "push", "webhook");
    assertThat(sent)
        .filteredOn(event -> event.path("data").path("channel").asString().equals("sms"))
        .extracting(event -> event.path("event_id").asString())
        .containsExactly(delivered.path("causation_id").asString());
    assertThat(chain(correlation))
        .extracting(event -> event.path("event_type").asString())
        .doesNotContain("notification.failed");
    assertThat(get("/inbox").body())
        .contains("kim@elsewhere.example", "+4930123456", "app-" + owner);
  }

  @Test
  void mailThatBouncesComesBackAndItsChainSaysSo() {
    String owner = "bounce-" + UUID.randomUUID();
    String correlation = "req-" + UUID.randomUUID();
    post("/tasks", "{\"title\":\"Unread\",\"owner_id\":\"" + owner + "\"}", correlation);
    JsonNode bounced = awaitEvent(correlation, "email.bounced");

    assertThat(bounced.path("data").toString()).contains("No such user");
    assertThat(awaitAllSent(correlation, 4))
        .filteredOn(event -> event.path("data").path("channel").asString().equals("email"))
        .extracting(event -> event.path("event_id").asString())
        .containsExactly(bounced.path("causation_id").asString());
    assertThat(get("/inbox").body()).contains("Undelivered: ", owner + "@company.com");
  }

  @Test
  void numberThatTwilioRefusesLeadsToAFailedNotification() {
    String owner = "user-" + UUID.randomUUID();
    send(
        HttpRequest.newBuilder(uri("/recipients/" + owner))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"phone\":\"+15005550009\"}"))
            .build());
    String correlation = "req-" + UUID.randomUUID();
    post("/tasks", "{\"title\":\"Call back\",\"owner_id\":\"" + owner + "\"}", correlation);

    assertThat(
            awaitEvent(correlation, "notification.failed").path("data").path("reason").asString())
        .contains("21614");
  }

  @Test
  void standInsRefuseCallersWithoutAnAccount() {
    assertThat(post("/webhook", "{\"type\":\"task.created\"}", "c-1").statusCode()).isEqualTo(401);
    assertThat(post("/fcm/v1/projects/local/messages:send", "{}", "c-2").statusCode())
        .isEqualTo(401);
    assertThat(post("/teams/workflow", "{\"text\":\"no card\"}", "c-3").statusCode())
        .isEqualTo(400);
    assertThat(
            send(HttpRequest.newBuilder(uri("/twilio/2010-04-01/Accounts/AC1/Messages.json"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("To=%2B4930123456&Body=hi"))
                    .build())
                .body())
        .contains("20003");
    assertThat(
            send(HttpRequest.newBuilder(uri("/fcm/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("assertion=a.b.c"))
                    .build())
                .body())
        .contains("invalid_grant");
  }

  @Test
  void apiDocumentOmitsTheStandIns() {
    assertThat(get("/v3/api-docs").body())
        .contains("/recipients/{id}")
        .doesNotContain("/twilio/", "/fcm/", "/slack/", "/teams/", "\"/webhook\"");
  }

  @Test
  void inboxShowsTheContentOfMailsAndRunsNoneOfIt() throws Exception {
    Properties settings = new Properties();
    settings.put("mail.smtp.host", local.getEnvironment().getRequiredProperty("spring.mail.host"));
    settings.put("mail.smtp.port", local.getEnvironment().getRequiredProperty("spring.mail.port"));
    MimeMessage mail = new MimeMessage(Session.getInstance(settings));
    mail.setFrom("attacker@elsewhere.example");
    mail.setRecipients(MimeMessage.RecipientType.TO, "anybody@anywhere.example");
    mail.setSubject("<script>alert(1)</script>");
    mail.setText("<img src=x onerror=alert(2)>");
    Transport.send(mail);
    HttpResponse<String> page = get("/inbox");

    assertThat(page.body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(2)&gt;")
        .doesNotContain("<script", "<img");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "style-src 'self'")
                    .doesNotContain("script-src"));
  }

  @Test
  void standInForSlackAnswersAsSlackDoes() throws Exception {
    String text = "<!channel> " + UUID.randomUUID();

    assertThat(post("/slack/services/T1/B2/x", "{\"text\":\"" + text + "\"}", "c-1"))
        .satisfies(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo("ok");
            });
    assertThat(post("/slack/services/T1/B2/x", "{\"channel\":\"#tasks\"}", "c-2").body())
        .isEqualTo("no_text");
    assertThat(post("/slack/services/T1/B2/x", "{\"text\":", "c-3"))
        .satisfies(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(400);
              assertThat(answer.body()).isEqualTo("invalid_payload");
            });
    assertThat(get("/inbox").body()).contains(text.replace("<", "&lt;").replace(">", "&gt;"));
  }

  @Test
  void welcomePageListsAddressesAndCommandsToTry() throws Exception {
    assertThat(get("/").body()).contains("/welcome", "/inbox", "Dead letters");
    assertThat(get("/welcome").body())
        .contains("/tasks -H", "jdbc:postgresql://localhost:", directory.toString())
        .contains("/v3/api-docs", "/inbox", "/chains/", "/calendars/", "/letters")
        .contains("/recipients/user-456", "due_at", "recurrence", "time_zone")
        .contains(local.getBean(Addresses.class).kafka());
  }

  @Test
  void bannerListsEveryAddressAndTheFirstCommand() {
    Addresses addresses = local.getBean(Addresses.class);

    assertThat(new WelcomeBanner(addresses, System.out).text(Duration.ofMillis(12_340)))
        .contains("up after 12.3 s")
        .contains(
            addresses.http(),
            addresses.inbox(),
            addresses.chain(),
            addresses.calendar(),
            addresses.kafka(),
            addresses.database(),
            addresses.mail(),
            addresses.createTask())
        .contains(directory.toString());
  }

  private static List<JsonNode> completeChain(String correlation) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(chain(correlation))
                    .extracting(event -> event.path("event_type").asString())
                    .containsExactlyInAnyOrder(
                        "task.created",
                        "notification.sent",
                        "notification.sent",
                        "notification.sent",
                        "notification.sent",
                        "reminder.scheduled"));
    return chain(correlation);
  }

  private static JsonNode awaitEvent(String correlation, String type) {
    return await()
        .atMost(PATIENCE)
        .until(() -> ofType(correlation, type), found -> !found.isEmpty())
        .getFirst();
  }

  private static List<JsonNode> awaitAllSent(String correlation, int count) {
    return await()
        .atMost(PATIENCE)
        .until(() -> ofType(correlation, "notification.sent"), sent -> sent.size() == count);
  }

  private static List<JsonNode> ofType(String correlation, String type) {
    return chain(correlation).stream()
        .filter(event -> event.path("event_type").asString().equals(type))
        .toList();
  }

  private static List<JsonNode> chain(String correlation) {
    JsonNode events = JSON.readTree(get("/audit/chains/" + correlation).body()).path("events");
    return new ArrayList<>(events.values());
  }

  private static JsonNode envelope(String topic, String key) {
    List<JsonNode> found = new ArrayList<>();
    Map<String, Object> settings = kafka();
    settings.put("auto.offset.reset", "earliest");
    settings.put("group.id", "an-ordinary-consumer");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (key.equals(record.key())) {
                    found.add(JSON.readTree(record.value()));
                  }
                }
                return !found.isEmpty();
              });
    }
    return found.getFirst();
  }

  private static Map<String, Object> kafka() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        "bootstrap.servers",
        local.getEnvironment().getRequiredProperty("spring.kafka.bootstrap-servers"));
    return settings;
  }

  private static List<String> auditLines() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
      }
      return lines;
    }
  }

  private static HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private static HttpResponse<String> post(String path, String json, String correlation) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .header("X-Correlation-ID", correlation)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static URI uri(String path) {
    return URI.create(local.getBean(Addresses.class).http() + path);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = LocalSystemTests.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
