package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedIssuer;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Perimeter;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the application exposes over HTTP, and to whom. */
@AgentTest(
    properties = {
      "spring.security.user.name=ann",
      "spring.security.user.password=hidden-4711",
      "spring.security.oauth2.resourceserver.jwt.audiences=scheduling"
    })
class PerimeterTests {

  private static final EmbeddedIssuer ISSUER = EmbeddedIssuer.start();
  private static final String ANN = Perimeter.basic("ann", "hidden-4711");

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  @Test
  void showsWhatAnOperatorNeedsAndTakesNoChanges() {
    Perimeter perimeter = new Perimeter(port);

    assertThat(perimeter.actuatorEndpoints(ANN))
        .containsExactlyInAnyOrder("health", "info", "agents", "prometheus", "metrics");
    for (String path :
        new String[] {"/actuator/bindings", "/actuator/bindings/reminderScheduler-in-0"}) {
      assertThat(perimeter.status("GET", path, ANN)).isEqualTo(404);
      assertThat(perimeter.status("POST", path, ANN)).isIn(404, 405);
    }
    assertThat(perimeter.status("POST", "/actuator/agents", ANN)).isEqualTo(405);
    assertThat(perimeter.status("GET", "/actuator/agents", null)).isEqualTo(401);
    assertThat(perimeter.status("GET", "/livez", null)).isEqualTo(200);
  }

  @Test
  void takesTokensThatAreMadeForIt() {
    Perimeter perimeter = new Perimeter(port);

    // An issuer on a busy machine may be too slow for the first question.
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get(perimeter, ISSUER.token("bob", "scheduling")) == 200);
    assertThat(get(perimeter, ISSUER.token("bob", "another"))).isEqualTo(401);
    assertThat(perimeter.status("GET", "/actuator/agents", ANN)).isEqualTo(200);
  }

  private static int get(Perimeter perimeter, String token) {
    return perimeter.status("GET", "/actuator/agents", "Bearer " + token);
  }
}
