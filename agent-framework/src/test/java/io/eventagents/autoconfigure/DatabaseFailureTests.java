package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.observation.EventTraces;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseFailureTests {

  @Test
  void saysWhereNoDatabaseAnswers(CapturedOutput output) {
    int port = closedPort();

    start("jdbc:postgresql://127.0.0.1:" + port + "/agents?password=s3cret");

    assertThat(output)
        .contains(
            "The database 127.0.0.1:"
                + port
                + "/agents cannot be reached: Connection to 127.0.0.1:"
                + port
                + " refused.")
        .contains("Start PostgreSQL there, or set spring.datasource.url")
        .doesNotContain("s3cret")
        .doesNotContain("\tat ");
  }

  @Test
  void saysThatTheDatabaseDoesNotExist(CapturedOutput output) {
    start(EmbeddedServers.postgreSql().jdbcUrl("nowhere"));

    assertThat(output)
        .contains("/nowhere does not exist: FATAL: database \"nowhere\" does not exist")
        .contains("CREATE DATABASE")
        .doesNotContain("\tat ");
  }

  @Test
  void saysThatNoUrlIsSet(CapturedOutput output) {
    start("");

    assertThat(output)
        .contains("This application keeps its data in PostgreSQL, and spring.datasource.url is not")
        .contains("Set spring.datasource.url=jdbc:postgresql://host:5432/database")
        .doesNotContain("embedded database")
        .doesNotContain("\tat ");
  }

  private static void start(String url) {
    SpringApplication application =
        new SpringApplicationBuilder(DatabaseApplication.class)
            .web(WebApplicationType.NONE)
            .build();
    assertThatException()
        .isThrownBy(
            () ->
                application.run(
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=s3cret"));
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    EventAgentsDatabaseAutoConfiguration.class
  })
  static class DatabaseApplication {

    @Bean
    EventWriter eventWriter() {
      return new EventWriter();
    }

    @Bean
    EventTraces eventTraces() {
      return EventTraces.handedOn();
    }

    @Bean
    RecordSender outboxRecordSender() {
      return record -> new CompletableFuture<>();
    }
  }
}
