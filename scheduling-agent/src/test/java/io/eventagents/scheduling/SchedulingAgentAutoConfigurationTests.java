package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.embedded.EmbeddedServers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class SchedulingAgentAutoConfigurationTests {

  private static final String DATABASE =
      EmbeddedServers.postgreSql().createDatabase("scheduling-agent");

  private final WebApplicationContextRunner application =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  DataSourceAutoConfiguration.class,
                  DataSourceTransactionManagerAutoConfiguration.class,
                  JdbcTemplateAutoConfiguration.class,
                  JdbcClientAutoConfiguration.class,
                  SchedulingAgentAutoConfiguration.class))
          .withUserConfiguration(Outbox.class)
          .withPropertyValues(
              "spring.datasource.url=" + DATABASE, "spring.datasource.username=postgres");

  @Test
  void remindsOfATask(CapturedOutput log) {
    application
        .withPropertyValues("scheduling.lead-time=PT10M", "scheduling.poll-interval=PT0.05S")
        .run(
            context -> {
              TransactionTemplate transaction =
                  new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
              ReminderScheduler agent =
                  context.getBean("reminderScheduler", ReminderScheduler.class);
              transaction.executeWithoutResult(
                  status ->
                      agent.apply(
                          SchedulingFixture.event(
                              "event-1",
                              new TaskCreated(
                                  "task-1", "Review", "user-1", Instant.now().plusSeconds(60)))));

              await()
                  .untilAsserted(
                      () ->
                          assertThat(
                                  context
                                      .getBean("published", PublishedReminders.class)
                                      .of("task-1"))
                              .hasSize(1));
              assertThat(context).hasSingleBean(CalendarController.class);
            });

    assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
  }

  @ParameterizedTest
  @CsvSource({
    "scheduling.lead-time=-1s, scheduling.lead-time is PT-1S; it must not be negative",
    "scheduling.default-delay=-1s, scheduling.default-delay is PT-1S; it must not be negative",
    "scheduling.poll-interval=0s, scheduling.poll-interval is PT0S; it must be at least PT0.001S",
    "scheduling.threads=0, scheduling.threads is 0; it must be at least 1",
    "scheduling.calendar.history=-1d, scheduling.calendar.history is PT-24H; it must not be negative"
  })
  void failsTheStartOnAMalformedSetting(String setting, String message) {
    application
        .withPropertyValues(setting)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessage(message));
  }

  @Configuration(proxyBeanMethods = false)
  static class Outbox {

    @Bean
    PublishedReminders published(JdbcClient client) {
      return new PublishedReminders(client);
    }

    @Bean
    EventPublishers publishers(PublishedReminders published) {
      return new EventPublishers() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> EventPublisher<T> create(String source, Class<T> payloadType) {
          assertThat(source).isEqualTo("reminder-scheduler");
          assertThat(payloadType).isEqualTo(ReminderDue.class);
          return (EventPublisher<T>) published;
        }
      };
    }
  }
}
