package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.SlowClients;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slow clients, and clients that guess passwords. */
@WithSystem
@SuppressWarnings("try") // a load works until it is closed, and so do slow clients
class StrangersIT {

  /** More than the server has threads. */
  private static final int MANY = 210;

  private static final String NAME = "ada";
  private static final String PASSWORD = "s3cret";
  private static final String WRONG = "guess-of-a-password";
  private static final String[] USER = {
    "--spring.security.user.name=" + NAME, "--spring.security.user.password=" + PASSWORD
  };

  private static final String HEAD =
      "POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  /** Requests whose bodies arrive one byte at a time. */
  private static final String[] BEGINNINGS = {
    HEAD + "Content-Length: 100000\r\n\r\n{\"a",
    HEAD + "Transfer-Encoding: chunked\r\n\r\nffff\r\n{\"a"
  };

  private static final String STRANGE_ADDRESS = "127.0.0.3";
  private static final String HEALTH = "/actuator/health/liveness";
  private static final String AGENTS = "/actuator/agents";

  @Test
  @Tag("long")
  void slowClientsDoNotKeepOthersFromBeingServed(FaultySystem system) throws IOException {
    List<AgentProcess> visited =
        List.of(
            system.replace(Application.ORCHESTRATOR, USER),
            system.replace(Application.NOTIFICATION, USER));
    TaskClient ada =
        new TaskClient(
            () -> List.of(system.port(Application.ORCHESTRATOR)), Visitor.basic(NAME, PASSWORD));
    Visitor operator = Visitor.of(Loopback.HOST, NAME, PASSWORD);
    try (SlowClients tasks = SlowClients.connect(MANY, visited.get(0).port(), BEGINNINGS);
        SlowClients others = SlowClients.connect(MANY, visited.get(1).port(), BEGINNINGS);
        TaskLoad load = system.load(12, ada)) {
      for (int i = 0; i < 10; i++) {
        for (AgentProcess instance : visited) {
          assertThat(instance.get(HEALTH)).as("liveness of %s", instance).isEqualTo(200);
          assertThat(operator.get(instance.port(), AGENTS).statusCode()).isEqualTo(200);
        }
        system.journal().awaitMore(5);
      }
    }

    assertThat(ada.statuses()).allMatch(status -> status < 300);
    system.reconcile();
  }

  @Test
  @Tag("extended")
  void passwordGuessesAreLimitedAndLoggedAndKeepNobodyOut(FaultySystem system) {
    AgentProcess visited = system.replace(Application.NOTIFICATION, USER);
    Visitor guessing = Visitor.of(STRANGE_ADDRESS, NAME, WRONG);

    List<Integer> answers =
        IntStream.range(0, 30)
            .mapToObj(i -> guessing.get(visited.port(), AGENTS).statusCode())
            .toList();
    assertThat(answers.subList(0, 10)).containsOnly(401);
    // Every six seconds, one more attempt is checked.
    assertThat(answers.subList(10, 30)).contains(429).isSubsetOf(401, 429);

    Visitor late = Visitor.of(STRANGE_ADDRESS, NAME, PASSWORD);
    await("the right password to be refused")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              guessing.get(visited.port(), AGENTS);
              HttpResponse<String> answer = late.get(visited.port(), AGENTS);
              assertThat(answer.statusCode()).isEqualTo(429);
              assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
    Visitor operator = Visitor.of(Loopback.HOST, NAME, PASSWORD);
    assertThat(operator.get(visited.port(), AGENTS).statusCode()).isEqualTo(200);
    visited.awaitLogged(
        "WARN",
        "Refused with 401",
        "user \"" + NAME + "\" from " + STRANGE_ADDRESS,
        "by password, GET " + AGENTS);
    assertThat(visited.process().said(WRONG)).isZero();
    String meters = operator.get(visited.port(), "/actuator/prometheus").body();
    for (String status : List.of("401", "429")) {
      assertThat(meters)
          .contains(
              "event_agents_http_refused_total{credentials=\"password\",status=\"%s\"}"
                  .formatted(status));
    }
    system.reconcile();
  }
}
