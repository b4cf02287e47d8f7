package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

class EventAgentsDefaultsTests {

  @Test
  void listenOnLoopback() {
    assertThat(environment(Map.of()).getProperty("server.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void loseAgainstTheCommandLine() {
    assertThat(environment(Map.of(), "--server.address=10.0.0.1").getProperty("server.address"))
        .isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "server.address,                          10.0.0.1",
    "management.endpoint.health.showDetails,  never",
    "management.endpoint.health.show-details, never"
  })
  void loseAgainstDefaultPropertiesOfTheApplication(String name, String value) {
    Environment environment = environment(Map.of(name, value));

    assertThat(environment.getProperty(name)).isEqualTo(value);
    assertThat(environment.getProperty(name.replace("showDetails", "show-details")))
        .isEqualTo(value);
  }

  @Test
  void keepOtherDefaultPropertiesOfTheApplication() {
    Environment environment = environment(Map.of("server.port", "9"));

    assertThat(environment.getProperty("server.port")).isEqualTo("9");
    assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void giveASeparateManagementServerTheSameAddress() {
    assertThat(environment(Map.of()).getProperty("management.server.address")).isNull();
    assertThat(
            environment(Map.of(), "--management.server.port=9090", "--server.address=10.0.0.1")
                .getProperty("management.server.address"))
        .isEqualTo("10.0.0.1");
  }

  @Test
  void showHealthInDetailOnlyOnThisMachine() {
    String setting = "management.endpoint.health.show-details";

    assertThat(environment(Map.of()).getProperty(setting)).isEqualTo("always");
    assertThat(environment(Map.of(), "--server.address=10.0.0.1").getProperty(setting))
        .isEqualTo("when-authorized");
    assertThat(environment(Map.of(), "--spring.security.user.password=p").getProperty(setting))
        .isEqualTo("when-authorized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.opentelemetry.tracing.export.otlp.endpoint",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
      })
  void recordEveryTraceWhereACollectorIsSetAndNoneWhereNot(String endpoint) {
    String setting = "management.tracing.sampling.probability";

    assertThat(environment(Map.of()).getProperty(setting)).isEqualTo("0.0");
    assertThat(environment(Map.of(), "--" + endpoint + "=http://collector").getProperty(setting))
        .isEqualTo("1.0");
    assertThat(
            environment(Map.of(), "--" + endpoint + "=http://collector", "--" + setting + "=0.2")
                .getProperty(setting))
        .isEqualTo("0.2");
  }

  @Test
  void showOperatorsWhatTheyNeedAndLetThemChangeNothing() {
    Environment environment = environment(Map.of());

    assertThat(environment.getProperty("management.endpoints.web.exposure.include"))
        .isEqualTo("health,info,agents,prometheus,metrics");
    assertThat(environment.getProperty("management.endpoints.access.max-permitted"))
        .isEqualTo("read-only");
    assertThat(environment.getProperty("management.endpoint.channels.access")).isEqualTo("none");
  }

  private static Environment environment(Map<String, Object> defaults, String... args) {
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setDefaultProperties(defaults);
    try (ConfigurableApplicationContext context = application.run(args)) {
      return context.getEnvironment();
    }
  }

  static class Nothing {}
}
