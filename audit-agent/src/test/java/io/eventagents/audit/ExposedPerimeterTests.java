package io.eventagents.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import io.eventagents.test.Perimeter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operator exposes everything in Actuator and lets it show values. */
@AgentTest(
    properties = {
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.env.show-values=always",
      "management.endpoint.configprops.show-values=always",
      "spring.security.user.name=ann",
      "spring.security.user.password=hidden-4711",
      "spring.cloud.stream.kafka.bindings.auditLog-in-0.consumer.configuration.sasl.jaas.config="
          + "org.apache.kafka.common.security.plain.PlainLoginModule required"
          + " username=\"audit\" password=\"hidden-4712\";",
      "spring.cloud.stream.kafka.binder.configuration.ssl.key.password=hidden-4713"
    })
class ExposedPerimeterTests {

  private static final String ANN = Perimeter.basic("ann", "hidden-4711");
  private static final String AGENT = "auditLog-in-0";

  @TempDir static Path path;

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
  }

  @Test
  void showsNoPassword() {
    Map<String, String> content = new Perimeter(port).actuatorContent(ANN, List.of(AGENT));

    assertThat(content).containsKeys("/actuator/env", "/actuator/bindings/" + AGENT);
    assertThat(content.get("/actuator/bindings/" + AGENT)).contains("sasl.jaas.config");
    assertThat(content)
        .allSatisfy((address, body) -> assertThat(body).as(address).doesNotContain("hidden-47"));
  }

  @Test
  void changesNothing() {
    Perimeter perimeter = new Perimeter(port);

    assertThat(perimeter.status("POST", "/actuator/bindings/" + AGENT, ANN)).isIn(404, 405);
    assertThat(perimeter.status("POST", "/actuator/loggers/io.eventagents", ANN)).isIn(404, 405);
    assertThat(perimeter.status("POST", "/actuator/shutdown", ANN)).isIn(404, 405);
    assertThat(perimeter.status("GET", "/actuator/heapdump", ANN)).isEqualTo(404);
  }
}
