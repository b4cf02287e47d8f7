package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.evidence.LogState;
import io.eventagents.audit.verification.StateBreakCommand;
import io.eventagents.audit.verification.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The volume of the log is restored from a snapshot, and an operator says so. */
@Timeout(300)
class BrokenLogTests {

  private static final String[] OPERATOR = {
    "--spring.security.user.name=operator", "--spring.security.user.password=secret"
  };

  @TempDir private Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, UTF_8);

  @Test
  void namesTheMissingLinesAndGoesOnFromThere() throws Exception {
    Path log = directory.resolve("log");
    Path snapshot = directory.resolve("snapshot");
    try (GuardedAudit servers = new GuardedAudit(log, "broken_log")) {
      servers.create("parcel-events");
      try (ConfigurableApplicationContext audit = servers.start()) {
        servers.send("parcel-events", "first");
        servers.awaitLogged("first");
        awaitSigned(audit, 1);
        copy(log, snapshot);
        servers.send("parcel-events", "second");
        servers.send("parcel-events", "third");
        servers.awaitLogged("second", "third");
        awaitSigned(audit, 3);
      }
      FileSystemUtils.deleteRecursively(log);
      copy(snapshot, log);

      // Only the broker knows that more was signed.
      assertThat(stateBreak("--without-broker")).isEqualTo(1);
      assertThat(verify(broker(servers))).isEqualTo(1);
      assertThat(stateBreak(broker(servers))).as(said()).isZero();
      assertThat(said()).contains("lines 2 to 3 of the log", "as Jane Doe stated");
      assertThat(stateBreak(broker(servers))).as("stated once").isEqualTo(1);

      try (ConfigurableApplicationContext audit = servers.start(OPERATOR)) {
        servers.awaitLogged("first", "second", "third");
        servers.send("parcel-events", "fourth");
        servers.awaitLogged("fourth");
        awaitSigned(audit, 4);

        assertThat(servers.log()).containsOnlyOnce("\"break\"").doesNotContain("\"gap\"");
        Health health = health(audit);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().get("breaks")).asString().contains("lines 2 to 3");
        assertThat(verify(broker(servers))).as(said()).isEqualTo(3);
        assertThat(said()).contains("UNCHANGED: yes, but for 1 break", "COMPLETE:  yes; no gaps");
        assertIsVerifiedAndShown(audit);
      }
    }
  }

  private void assertIsVerifiedAndShown(ConfigurableApplicationContext audit) throws Exception {
    assertThat(ask(audit, "/evidence").body()).contains("The log has a break: lines 2 to 3");
    HttpRequest.Builder post = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody());
    assertThat(send(audit, post, "/audit/verification").statusCode()).isEqualTo(202);
    await()
        .atMost(GuardedAudit.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode last =
                  JsonMapper.shared()
                      .readTree(ask(audit, "/audit/verification").body())
                      .path("last");
              assertThat(last.path("breaks").size()).isOne();
              assertThat(last.path("extent").path("lines").asInt()).isEqualTo(4);
              assertThat(last.path("unchanged").path("holds").asBoolean()).isTrue();
              assertThat(last.path("index").path("holds").asBoolean())
                  .as(last.path("index").toString())
                  .isTrue();
            });
    assertThat(ask(audit, "/evidence").body())
        .contains("Apart from the break, no line was changed")
        .doesNotContain("Verify again");
  }

  private int stateBreak(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(directory.resolve("log").toString());
    arguments.addAll(List.of("--by", "Jane Doe", "--because", "Restored from Sunday's snapshot"));
    arguments.addAll(List.of(more));
    said.reset();
    return new StateBreakCommand(out, out, Clock.systemUTC()).run(arguments);
  }

  private int verify(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add(directory.resolve("log").toString());
    arguments.addAll(List.of(more));
    said.reset();
    return new VerifyCommand(out, out, Clock.systemUTC()).run(arguments);
  }

  private String said() {
    return said.toString(UTF_8);
  }

  /** How the broker is reached, as an operator would name it. */
  private String[] broker(GuardedAudit servers) throws IOException {
    Path file = directory.resolve("broker.properties");
    StringBuilder settings = new StringBuilder();
    servers.login().forEach((name, value) -> settings.append(name + "=" + value + "\n"));
    Files.writeString(file, settings);
    return new String[] {
      "--broker",
      String.valueOf(servers.login().get("bootstrap.servers")),
      "--broker-config",
      file.toString()
    };
  }

  private static void awaitSigned(ConfigurableApplicationContext audit, int lines) {
    await()
        .atMost(GuardedAudit.PATIENCE)
        .untilAsserted(
            () -> {
              LogState.Signed signed = audit.getBean(LogState.class).checkpoint();
              assertThat(signed).isNotNull();
              assertThat(signed.lines()).isEqualTo(lines);
              assertThat(signed.unpublished()).isZero();
            });
  }

  private static Health health(ConfigurableApplicationContext audit) {
    Health health = audit.getBean("auditHealthIndicator", HealthIndicator.class).health(true);
    assertThat(health).isNotNull();
    return health;
  }

  private static HttpResponse<String> ask(ConfigurableApplicationContext audit, String path)
      throws Exception {
    return send(audit, HttpRequest.newBuilder().GET(), path);
  }

  private static HttpResponse<String> send(
      ConfigurableApplicationContext audit, HttpRequest.Builder request, String path)
      throws Exception {
    String port = audit.getEnvironment().getRequiredProperty("local.server.port");
    String credentials = Base64.getEncoder().encodeToString("operator:secret".getBytes(UTF_8));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          request
              .uri(URI.create("http://localhost:" + port + path))
              .header("Authorization", "Basic " + credentials)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
