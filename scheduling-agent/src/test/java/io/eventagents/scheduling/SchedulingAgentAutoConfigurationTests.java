package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.InvalidSetting;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.calendar.CalendarController;
import io.eventagents.scheduling.reminder.ReminderRescheduled;
import io.eventagents.scheduling.reminder.ReminderScheduler;
import io.eventagents.scheduling.reminder.TimerEvent;
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
                              SchedulingFixture.created(
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

  @Test
  void pushesToCalendarsIfOneIsConfigured() {
    application.run(context -> assertThat(context).doesNotHaveBean("calendarPushes"));
    application
        .withPropertyValues(
            "scheduling.caldav.calendars[0].owner=*",
            "scheduling.caldav.calendars[0].url=http://127.0.0.1:9/{owner}/reminders/",
            "scheduling.caldav.calendars[0].username=ann",
            "scheduling.caldav.calendars[0].password=secret")
        .run(
            context -> {
              assertThat(context).hasBean("calendarPushes");
              CalDavCalendars.Calendar calendar =
                  context.getBean(CalDavCalendars.class).of("b ob/x").orElseThrow();
              assertThat(context.getBean(CalDavCalendars.class).of("..")).isEmpty();
              assertThat(calendar.of("b ob/x").address())
                  .hasToString("http://127.0.0.1:9/b%20ob%2Fx/reminders/");
              assertThat(calendar.toString() + calendar.of("bob")).doesNotContain("secret");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'ann,ann', http://x/, 'scheduling.caldav.calendars[1].owner is ann again; an owner has one calendar'",
    "'*', http://x/, 'scheduling.caldav.calendars[0].url is the same for all owners; put {owner} where the owner''s id belongs'",
    "ann, file:///x, scheduling.caldav.calendars[0].url must be an https or http address without user and query",
    "ann, http://a:b@x/, scheduling.caldav.calendars[0].url must be an https or http address without user and query"
  })
  void failsTheStartOnAnInvalidCalendar(String owners, String url, String message) {
    String[] names = owners.split(",");
    for (int i = 0; i < names.length; i++) {
      names[i] =
          "scheduling.caldav.calendars[%d].owner=%s\nscheduling.caldav.calendars[%d].url=%s"
              .formatted(i, names[i], i, url);
    }
    application
        .withPropertyValues(String.join("\n", names).split("\n"))
        .run(context -> assertThat(context).getFailure().rootCause().hasMessage(message));
  }

  @ParameterizedTest
  @CsvSource({
    "scheduling.lead-time=-1s, scheduling.lead-time is PT-1S; it must not be negative",
    "scheduling.default-delay=-1s, scheduling.default-delay is PT-1S; it must not be negative",
    "scheduling.poll-interval=0s, scheduling.poll-interval is PT0S; it must be at least PT0.001S",
    "scheduling.threads=0, scheduling.threads is 0; it must be at least 1",
    "scheduling.calendar.history=-1d, scheduling.calendar.history is PT-24H; it must not be negative",
    "scheduling.batch-size=0, scheduling.batch-size is 0; it must be at least 1",
    "scheduling.lead-times.5=-1s, scheduling.lead-times.5 is PT-1S; it must not be negative",
    "scheduling.lead-time=P400D, scheduling.lead-time is PT9600H; it must be at most P366D",
    "scheduling.working-hours.from=19:00, scheduling.working-hours.from is 19:00 and .to is 18:00; from must be before to",
    "scheduling.working-hours.to=six, scheduling.working-hours.to is six; it must be a time such as 08:00",
    "scheduling.calendar.refresh-interval=999ms, scheduling.calendar.refresh-interval is PT0.999S; it must be at least PT1S",
    "scheduling.caldav.timeout=999us, scheduling.caldav.timeout is PT0.000999S; it must be at least PT0.001S",
    "scheduling.retention=P30D, 'scheduling.retention is PT720H, shorter than scheduling.calendar.history, PT2160H'",
    "scheduling.calendar.base-url=ftp://x, scheduling.calendar.base-url must be an https or http address without user and query"
  })
  void failsTheStartOnAMalformedSetting(String setting, String message) {
    application
        .withPropertyValues(setting)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessage(message));
  }

  @Test
  void saysWhatToDoIfTheHistoryIsLongerThanRemindersAreKept() {
    application
        .withPropertyValues("scheduling.calendar.history=P400D")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        failure ->
                            assertThat(failure.action())
                                .isEqualTo(
                                    "Set scheduling.retention to at least scheduling.calendar.history.")));
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
          if (payloadType.equals(ReminderRescheduled.class)) {
            assertThat(source).isEqualTo("scheduling-agent");
            return (EventPublisher<T>) published.snoozes();
          }
          assertThat(source).isEqualTo("reminder-scheduler");
          assertThat(payloadType).isEqualTo(TimerEvent.class);
          return (EventPublisher<T>) published;
        }
      };
    }
  }
}
