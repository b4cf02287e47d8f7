package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class LocalStartTests {

  @Test
  void usesTheServersThatTheStandardSettingsNameAndStartsNone(@TempDir Path directory) {
    try (ConfigurableApplicationContext context =
        run(
            directory,
            "--spring.kafka.bootstrap-servers=broker.example:9092",
            "--spring.datasource.url=jdbc:postgresql://db.example/tasks",
            "--spring.mail.host=mail.example",
            "--notification.slack.webhook-url=https://hooks.example/secret")) {
      assertThat(context.getEnvironment().getProperty("spring.kafka.bootstrap-servers"))
          .isEqualTo("broker.example:9092");
      assertThat(context.getEnvironment().getProperty("spring.datasource.url"))
          .isEqualTo("jdbc:postgresql://db.example/tasks");
      assertThat(context.getEnvironment().getProperty("notification.slack.webhook-url"))
          .isEqualTo("https://hooks.example/secret");
      assertThat(context.getBean(Addresses.class))
          .extracting(Addresses::kafka, Addresses::database, Addresses::mail)
          .containsExactly(
              "broker.example:9092", "jdbc:postgresql://db.example/tasks", "SMTP mail.example");
      assertThat(directory.resolve("kafka")).doesNotExist();
      assertThat(directory.resolve("postgresql")).doesNotExist();
    }
  }

  @Test
  void findsTheStandardSettingsInTheEnvironmentOfTheProcess() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "test-systemEnvironment",
                Map.of(
                    "SPRING_KAFKA_BOOTSTRAPSERVERS", "broker:9092", "SPRING_MAIL_HOST", "mail")));
    ConfigurationPropertySources.attach(environment);

    assertThat(Embedded.of(environment)).isEqualTo(new Embedded(false, true, false));
  }

  @Test
  void refusesAnInvalidPort(@TempDir Path directory) {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> run(directory, "--local.kafka.port=70000"))
        .havingRootCause()
        .withMessageContainingAll("local.kafka.port", "70000");
  }

  private static ConfigurableApplicationContext run(Path directory, String... arguments) {
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.addListeners(new LocalStart());
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--local.directory=" + directory;
    all[arguments.length + 1] = "--server.port=0";
    return application.run(all);
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}
}
