package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ExposureTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.address=0.0.0.0",
        "--server.address=::",
        "--management.server.port=0 --management.server.address=0.0.0.0"
      })
  void endsTheStartIfEverybodyWouldGetIn(String settings, CapturedOutput output) {
    assertThat(catchThrowable(() -> WebApp.start(settings.split(" ")).close())).isNotNull();

    assertThat(output)
        .contains(
            "APPLICATION FAILED TO START",
            "beyond this machine",
            "spring.security.user.password",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri",
            "127.0.0.1")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.address=127.0.0.1",
        "--server.address=::1",
        "--management.server.port=0"
      })
  void startsOnThisMachine(String settings) {
    try (WebApp app = WebApp.start(settings)) {
      assertThat(app.context().isRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.security.user.password=s3cret",
        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:1/keys"
      })
  void listensAnywhereIfSomebodyIsConfigured(String setting) {
    new WebApplicationContextRunner()
        .withUserConfiguration(WebApp.Application.class)
        .withPropertyValues(setting)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ExposureCheck.class));
  }

  @Test
  void endsTheStartOfAUserWithoutPassword(CapturedOutput output) {
    Throwable failure =
        catchThrowable(() -> WebApp.start("--spring.security.user.name=ada").close());

    assertThat(failure).isNotNull();
    assertThat(output).contains("spring.security.user.name is set without").doesNotContain("\tat ");
  }
}
