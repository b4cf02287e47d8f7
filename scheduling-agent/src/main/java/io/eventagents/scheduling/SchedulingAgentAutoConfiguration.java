package io.eventagents.scheduling;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.PublicPaths;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.BackgroundService;
import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.caldav.CalDavClient;
import io.eventagents.scheduling.caldav.CalendarObjects;
import io.eventagents.scheduling.caldav.CalendarPush;
import io.eventagents.scheduling.calendar.CalendarController;
import io.eventagents.scheduling.calendar.CalendarFeed;
import io.eventagents.scheduling.calendar.FeedController;
import io.eventagents.scheduling.calendar.FeedSecrets;
import io.eventagents.scheduling.calendar.Feeds;
import io.eventagents.scheduling.calendar.OwnerCalendar;
import io.eventagents.scheduling.reminder.ReminderAlarm;
import io.eventagents.scheduling.reminder.ReminderController;
import io.eventagents.scheduling.reminder.ReminderPurge;
import io.eventagents.scheduling.reminder.ReminderRescheduled;
import io.eventagents.scheduling.reminder.ReminderScheduler;
import io.eventagents.scheduling.reminder.ReminderTimes;
import io.eventagents.scheduling.reminder.Reminders;
import io.eventagents.scheduling.reminder.Snoozes;
import io.eventagents.scheduling.reminder.TaskSeries;
import io.eventagents.scheduling.reminder.TimerEvent;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The agent, its timers, its calendars and its HTTP API. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
    })
@EnableConfigurationProperties(SchedulingProperties.class)
public final class SchedulingAgentAutoConfiguration {

  @Bean
  DatabaseSchema schedulingSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(dataSource, "scheduling", "classpath:db/scheduling", environment);
  }

  @Bean
  CalDavCalendars calDavCalendars(SchedulingProperties properties) {
    return new CalDavCalendars(properties.caldav().calendars());
  }

  @Bean
  CalendarObjects calendarObjects(
      JdbcClient database,
      CalDavCalendars calDavCalendars,
      DatabaseSchema schedulingSchema,
      ObjectProvider<Clock> clock) {
    return new CalendarObjects(database, calDavCalendars, clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  Reminders reminders(JdbcClient database, CalendarObjects calendarObjects) {
    return new Reminders(database, calendarObjects);
  }

  @Bean
  ReminderTimes reminderTimes(SchedulingProperties properties) {
    return new ReminderTimes(
        properties.leads(), properties.defaultDelay(), properties.timeZone(), properties.hours());
  }

  @Bean
  ReminderScheduler reminderScheduler(
      Reminders reminders, ReminderTimes reminderTimes, ObjectProvider<Clock> clock) {
    return new ReminderScheduler(reminders, reminderTimes, clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  EventPublisher<TimerEvent> reminderEvents(EventPublishers publishers) {
    return publishers.create(ReminderScheduler.NAME, TimerEvent.class);
  }

  @Bean
  TaskSeries taskSeries(
      Reminders reminders, ReminderTimes reminderTimes, EventPublisher<TimerEvent> reminderEvents) {
    return new TaskSeries(reminders, reminderTimes, reminderEvents);
  }

  @Bean
  BackgroundService reminderWatch(
      Reminders reminders,
      TaskSeries taskSeries,
      EventPublisher<TimerEvent> reminderEvents,
      PlatformTransactionManager transactionManager,
      SchedulingProperties properties,
      ObjectProvider<Clock> clock) {
    ReminderAlarm alarm =
        new ReminderAlarm(
            reminders,
            taskSeries,
            reminderEvents,
            new TransactionTemplate(transactionManager),
            clock.getIfUnique(Clock::systemUTC));
    int most = properties.batchSize();
    return new BackgroundService(
        Watch.of(
            "reminder-alarm",
            properties.threads(),
            properties.pollInterval(),
            () -> alarm.ring(most) == most));
  }

  @Bean
  BackgroundService reminderPurgeWatch(
      JdbcClient database,
      CalendarObjects calendarObjects,
      PlatformTransactionManager transactionManager,
      SchedulingProperties properties,
      ObjectProvider<Clock> clock) {
    ReminderPurge purge =
        new ReminderPurge(
            database,
            calendarObjects,
            new TransactionTemplate(transactionManager),
            properties.retention(),
            clock.getIfUnique(Clock::systemUTC));
    return new BackgroundService(
        Watch.of("reminder-purge", 1, properties.purgeInterval(), purge::purge));
  }

  @Bean
  CalendarFeed calendarFeed(SchedulingProperties properties) {
    return new CalendarFeed(properties.calendar().refreshInterval(), properties.timeZone());
  }

  @Bean
  @ConditionalOnProperty("scheduling.caldav.calendars[0].owner")
  CalDavClient calDavClient(SchedulingProperties properties) {
    return new CalDavClient(properties.caldav().timeout());
  }

  /** Every calendar that is set is pushed to by a thread of its own. */
  @Bean
  @ConditionalOnProperty("scheduling.caldav.calendars[0].owner")
  BackgroundService calendarPushes(
      CalDavClient calDavClient,
      CalDavCalendars calDavCalendars,
      CalendarObjects calendarObjects,
      Reminders reminders,
      CalendarFeed calendarFeed,
      SchedulingProperties properties,
      ObjectProvider<Clock> clock) {
    SchedulingProperties.CalDav settings = properties.caldav();
    return new BackgroundService(
        calDavCalendars.all().stream()
            .map(
                calendar ->
                    new CalendarPush(
                        calendar,
                        calendarObjects,
                        reminders,
                        calendarFeed,
                        calDavClient,
                        settings.longestDelay(),
                        clock.getIfUnique(Clock::systemUTC)))
            .map(push -> Watch.of("calendar-push", 1, settings.pollInterval(), push::push))
            .toArray(BackgroundLoop[]::new));
  }

  /** What is reached over HTTP. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class Web {

    @Bean
    OwnerCalendar ownerCalendar(
        Reminders reminders,
        CalendarFeed calendarFeed,
        SchedulingProperties properties,
        ObjectProvider<Clock> clock) {
      return new OwnerCalendar(
          reminders,
          calendarFeed,
          properties.calendar().history(),
          clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    CalendarController calendarController(OwnerCalendar ownerCalendar) {
      return new CalendarController(ownerCalendar);
    }

    @Bean
    FeedController feedController(
        JdbcClient database,
        OwnerCalendar ownerCalendar,
        SchedulingProperties properties,
        ObjectProvider<Clock> clock) {
      return new FeedController(
          new Feeds(database),
          ownerCalendar,
          properties.calendar().base(),
          clock.getIfUnique(Clock::systemUTC));
    }

    /** The secret in the address is what lets in. */
    @Bean
    FeedSecrets calendarFeedSecrets() {
      return new FeedSecrets();
    }

    @Bean
    PublicPaths calendarFeedPaths() {
      return new PublicPaths(FeedController.PATH + "*");
    }

    @Bean
    EventPublisher<ReminderRescheduled> snoozeEvents(EventPublishers publishers) {
      return publishers.create(Snoozes.SOURCE, ReminderRescheduled.class);
    }

    @Bean
    ReminderController reminderController(
        Reminders reminders,
        TaskSeries taskSeries,
        EventPublisher<ReminderRescheduled> snoozeEvents,
        PlatformTransactionManager transactionManager,
        ObjectProvider<Clock> clock) {
      return new ReminderController(
          new Snoozes(
              reminders,
              taskSeries,
              snoozeEvents,
              new TransactionTemplate(transactionManager),
              clock.getIfUnique(Clock::systemUTC)));
    }
  }
}
