package io.eventagents.scheduling;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The agent, its timers and its calendar feed. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
    })
@EnableConfigurationProperties(SchedulingProperties.class)
public final class SchedulingAgentAutoConfiguration {

  @Bean
  DatabaseSchema schedulingSchema(DataSource dataSource) {
    return DatabaseSchema.migrate(dataSource, "scheduling", "classpath:db/scheduling");
  }

  @Bean
  Reminders reminders(JdbcClient database, DatabaseSchema schedulingSchema) {
    return new Reminders(database);
  }

  @Bean
  ReminderScheduler reminderScheduler(
      Reminders reminders,
      DataSource dataSource,
      JdbcClient database,
      SchedulingProperties properties,
      ObjectProvider<Clock> clock) {
    return new ReminderScheduler(
        reminders,
        new ReminderTimers(dataSource, database),
        new ReminderTimes(properties.leadTime(), properties.defaultDelay()),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  EventPublisher<ReminderDue> reminderEvents(EventPublishers publishers) {
    return publishers.create(ReminderScheduler.NAME, ReminderDue.class);
  }

  @Bean
  TimerWatch reminderTimerWatch(
      DataSource dataSource,
      Reminders reminders,
      EventPublisher<ReminderDue> reminderEvents,
      PlatformTransactionManager transactionManager,
      SchedulingProperties properties,
      ObjectProvider<Clock> clocks) {
    Clock clock = clocks.getIfUnique(Clock::systemUTC);
    return new TimerWatch(
        dataSource,
        new ReminderAlarm(
            reminders, reminderEvents, new TransactionTemplate(transactionManager), clock),
        properties.pollInterval(),
        properties.threads(),
        clock);
  }

  @Bean
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  CalendarController calendarController(
      Reminders reminders, SchedulingProperties properties, ObjectProvider<Clock> clock) {
    return new CalendarController(
        reminders,
        new CalendarFeed(properties.calendar().refreshInterval()),
        properties.calendar().history(),
        clock.getIfUnique(Clock::systemUTC));
  }
}
