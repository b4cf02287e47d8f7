package io.eventagents.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The four applications on a broker that grants each only the permissions in the documentation. */
class DocumentedAclsTests {

  private static final Path PAGE = Path.of("..", "docs", "operations.md");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> APPLICATIONS =
      List.of("orchestrator", "notification", "scheduling", "audit");

  private static final Map<String, ConfigurableApplicationContext> RUNNING = new LinkedHashMap<>();

  @TempDir static Path auditLog;
  private static EmbeddedKafka kafka;
  private static HttpServer slack;

  @BeforeAll
  static void start() throws Exception {
    kafka = broker();
    try (Admin admin = Admin.create(client("admin"))) {
      admin.createAcls(DocumentedAcls.read(PAGE)).all().get();
    }
    slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    slack.start();
    for (String application : APPLICATIONS) {
      RUNNING.put(application, run(application));
    }
  }

  @AfterAll
  static void stop() {
    RUNNING.values().forEach(ConfigurableApplicationContext::close);
    slack.stop(0);
    kafka.close();
  }

  @Test
  void sufficeForAllThatTheApplicationsDo() throws Exception {
    HttpResponse<String> created =
        post("orchestrator", "/tasks", "{\"title\":\"Review\",\"owner_id\":\"user-1\"}");
    assertThat(created.statusCode()).isEqualTo(201);
    String correlation = created.headers().firstValue("X-Correlation-ID").orElseThrow();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(typesOf(correlation))
                    .contains("task.created", "notification.sent", "reminder.scheduled"));

    poison();
    for (String application : APPLICATIONS) {
      await(application)
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(deadLetters(application, "open"))
                      .as(application)
                      .containsKeys("reminder-scheduler", "notification-slack"));
    }
    String failed = Objects.requireNonNull(deadLetters("audit", "open").get("reminder-scheduler"));
    assertThat(post("notification", failed + "/replay", "{\"why\":\"tried\"}").statusCode())
        .isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(deadLetters("orchestrator", "failed_again")).containsValue(failed));
    String discarded =
        Objects.requireNonNull(deadLetters("audit", "open").get("notification-slack"));
    assertThat(post("audit", discarded + "/discard", "{\"why\":\"no event\"}").statusCode())
        .isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(deadLetters("scheduling", "discarded")).containsValue(discarded));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(logged()).contains("delivery.failed", "delivery.discarded", "\"poison\"");
              assertThat(end("audit-checkpoints")).isPositive();
            });
    for (String application : APPLICATIONS) {
      HttpResponse<String> health = get(application, "/actuator/health");
      assertThat(health.statusCode()).as("%s: %s", application, health.body()).isEqualTo(200);
      assertThat(get(application, "/actuator/agents").body())
          .as(application)
          .doesNotContain("\"waiting\"", "\"connecting\"");
    }
  }

  @Test
  void doNotLetAnApplicationWriteWhatIsNotItsOwn() throws Exception {
    for (String user : List.of("orchestrator", "notification", "scheduling")) {
      Map<String, Object> settings = client(user);
      settings.put("max.block.ms", "10000");
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        for (String topic : List.of("audit-checkpoints", "erasure-events")) {
          assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "key", "value")).get())
              .as("%s to %s", user, topic)
              .rootCause()
              .isInstanceOf(TopicAuthorizationException.class);
        }
      }
    }
  }

  /** Publishes a record that is not an event, so that no agent can read it. */
  private static void poison() throws Exception {
    ProducerRecord<String, String> record =
        new ProducerRecord<>("task-events", "poison", "{\"data\":\"poison\"}");
    record.headers().add("event_type", "task.created".getBytes(UTF_8));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client("admin"), new StringSerializer(), new StringSerializer())) {
      producer.send(record).get();
    }
  }

  /** The addresses of dead letters by their agents. */
  private static Map<String, String> deadLetters(String application, String state)
      throws Exception {
    HttpResponse<String> answer = get(application, "/dead-letters?state=" + state);
    assertThat(answer.statusCode()).as("%s: %s", application, answer.body()).isEqualTo(200);
    Map<String, String> deadLetters = new LinkedHashMap<>();
    for (JsonNode deadLetter : JsonMapper.shared().readTree(answer.body()).path("dead_letters")) {
      String agent = deadLetter.path("agent").asString();
      deadLetters.put(agent, "/dead-letters/" + agent + "/" + deadLetter.path("id").asString());
    }
    return deadLetters;
  }

  private static Set<String> typesOf(String correlation) throws IOException {
    return Stream.of("task.created", "notification.sent", "reminder.scheduled")
        .filter(
            type -> lines().stream().anyMatch(it -> it.contains(correlation) && it.contains(type)))
        .collect(Collectors.toSet());
  }

  private static String logged() {
    return String.join("\n", lines());
  }

  private static List<String> lines() {
    try (Stream<Path> files = Files.walk(auditLog)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(it -> it.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long end(String topic) throws Exception {
    try (Admin admin = Admin.create(client("admin"))) {
      TopicPartition first = new TopicPartition(topic, 0);
      return admin
          .listOffsets(Map.of(first, OffsetSpec.latest()))
          .partitionResult(first)
          .get()
          .offset();
    }
  }

  private static HttpResponse<String> get(String application, String path) throws Exception {
    return HTTP.send(at(application, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String application, String path, String body)
      throws Exception {
    return HTTP.send(
        at(application, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder at(String application, String path) {
    String port =
        Objects.requireNonNull(RUNNING.get(application))
            .getEnvironment()
            .getRequiredProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static ConfigurableApplicationContext run(String name) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "spring.application.name=" + name + "-agent",
                "server.port=0",
                "spring.autoconfigure.exclude=" + String.join(",", configurationsBut(name)),
                "event-agents.topics.partitions=1",
                "spring.datasource.url="
                    + EmbeddedServers.postgreSql().createDatabase("acl-" + name),
                "spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "spring.datasource.password=" + EmbeddedServers.postgreSql().password(),
                "notification.slack.webhook-url=http://127.0.0.1:" + slack.getAddress().getPort(),
                "audit.directory=" + auditLog,
                "audit.checkpoints.interval=1s"));
    Map<String, Object> client = client(name);
    client.remove("bootstrap.servers");
    client.forEach(
        (setting, value) ->
            settings.add(
                "spring.cloud.stream.kafka.binder.configuration." + setting + "=" + value));
    settings.add("spring.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setBannerMode(Banner.Mode.OFF);
    return application.run(settings.stream().map(it -> "--" + it).toArray(String[]::new));
  }

  /** All applications are on the class path, but only one of them is to run. */
  private static List<String> configurationsBut(String application) {
    String imports =
        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
    try {
      List<String> others = new ArrayList<>();
      for (URL file :
          Collections.list(DocumentedAclsTests.class.getClassLoader().getResources(imports))) {
        try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(file.openStream(), UTF_8))) {
          reader
              .lines()
              .filter(
                  line ->
                      APPLICATIONS.stream()
                          .filter(other -> !other.equals(application))
                          .anyMatch(other -> line.startsWith("io.eventagents." + other + ".")))
              .forEach(others::add);
        }
      }
      return others;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static EmbeddedKafka broker() {
    String plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    String users =
        Stream.concat(APPLICATIONS.stream(), Stream.of("admin", "broker"))
            .map(user -> " user_" + user + "=\"" + user + "-password\"")
            .collect(Collectors.joining());
    return EmbeddedKafka.builder()
        .setting("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
        .setting("sasl.enabled.mechanisms", "PLAIN")
        .setting("sasl.mechanism.inter.broker.protocol", "PLAIN")
        .setting(
            "listener.name.plaintext.plain.sasl.jaas.config",
            plain + " username=\"broker\" password=\"broker-password\"" + users + ";")
        .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
        // The listener of its own controller, on a port that nobody else knows, has no user names.
        .setting("super.users", "User:broker;User:admin;User:ANONYMOUS")
        .start();
  }

  private static Map<String, Object> client(String user) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s-password\";"
            .formatted(user, user));
    return settings;
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Nothing {}
}
