package io.eventagents.scheduling;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.PublicPaths;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.BackgroundService;
import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.caldav.CalDavClient;
import io.eventagents.scheduling.caldav.CalDavProperties;
import io.eventagents.scheduling.caldav.CalendarObjects;
import io.eventagents.scheduling.caldav.CalendarPush;
import io.eventagents.scheduling.calendar.CalendarController;
import io.eventagents.scheduling.calendar.CalendarFeed;
import io.eventagents.scheduling.calendar.CalendarProperties;
import io.eventagents.scheduling.calendar.FeedController;
import io.eventagents.scheduling.calendar.FeedSecrets;
import io.eventagents.scheduling.calendar.Feeds;
import io.eventagents.scheduling.calendar.OwnerCalendar;
import io.eventagents.scheduling.reminder.ReminderAlarm;
import io.eventagents.scheduling.reminder.ReminderController;
import io.eventagents.scheduling.reminder.ReminderProperties;
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

/** The scheduling agent: its timers, its calendars and its HTTP API. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
    })
@EnableConfigurationProperties({
  ReminderProperties.class,
  CalendarProperties.class,
  CalDavProperties.class
})
public final class SchedulingAgentAutoConfiguration {

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ReminderProperties settings;
  private final CalendarProperties calendar;

  SchedulingAgentAutoConfiguration(
      JdbcClient database,
      PlatformTransactionManager transactionManager,
      ObjectProvider<Clock> clock,
      ReminderProperties settings,
      CalendarProperties calendar) {
    calendar.checkKept(settings.retention());
    this.database = database;
    this.transaction = new TransactionTemplate(transactionManager);
    this.clock = clock.getIfUnique(Clock::systemUTC);
    this.settings = settings;
    this.calendar = calendar;
  }

  @Bean
  DatabaseSchema schedulingSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(dataSource, "scheduling", "classpath:db/scheduling", environment);
  }

  @Bean
  CalDavCalendars calDavCalendars(CalDavProperties calDav) {
    return new CalDavCalendars(calDav.calendars());
  }

  @Bean
  CalendarObjects calendarObjects(
      CalDavCalendars calDavCalendars, DatabaseSchema schedulingSchema) {
    return new CalendarObjects(database, calDavCalendars, clock);
  }

  @Bean
  Reminders reminders(CalendarObjects calendarObjects) {
    return new Reminders(database, calendarObjects);
  }

  @Bean
  ReminderTimes reminderTimes() {
    return settings.times();
  }

  @Bean
  ReminderScheduler reminderScheduler(Reminders reminders, ReminderTimes reminderTimes) {
    return new ReminderScheduler(reminders, reminderTimes, clock);
  }

  /** Static, so that the catalog of events needs no database to make it. */
  @Bean
  static EventPublisher<TimerEvent> reminderEvents(EventPublishers publishers) {
    return publishers.create(ReminderScheduler.NAME, TimerEvent.class);
  }

  @Bean
  TaskSeries taskSeries(
      Reminders reminders, ReminderTimes reminderTimes, EventPublisher<TimerEvent> reminderEvents) {
    return new TaskSeries(reminders, reminderTimes, reminderEvents);
  }

  @Bean
  BackgroundService reminderWatch(
      Reminders reminders, TaskSeries taskSeries, EventPublisher<TimerEvent> reminderEvents) {
    ReminderAlarm alarm =
        new ReminderAlarm(reminders, taskSeries, reminderEvents, transaction, clock);
    int most = settings.batchSize();
    return new BackgroundService(
        BackgroundLoop.named("reminder-alarm")
            .threads(settings.threads())
            .every(settings.pollInterval(), () -> alarm.ring(most) == most));
  }

  @Bean
  BackgroundService reminderPurgeWatch(CalendarObjects calendarObjects) {
    ReminderPurge purge =
        new ReminderPurge(database, calendarObjects, transaction, settings.retention(), clock);
    return new BackgroundService(
        BackgroundLoop.named("reminder-purge").every(settings.purgeInterval(), purge::purge));
  }

  @Bean
  CalendarFeed calendarFeed() {
    return new CalendarFeed(calendar.refreshInterval(), settings.timeZone());
  }

  @Bean
  @ConditionalOnProperty("scheduling.caldav.calendars[0].owner")
  CalDavClient calDavClient(CalDavProperties calDav) {
    return new CalDavClient(calDav.timeout());
  }

  /** Each configured calendar has a thread of its own. */
  @Bean
  @ConditionalOnProperty("scheduling.caldav.calendars[0].owner")
  BackgroundService calendarPushes(
      CalDavClient calDavClient,
      CalDavCalendars calDavCalendars,
      CalendarObjects calendarObjects,
      Reminders reminders,
      CalendarFeed calendarFeed,
      CalDavProperties calDav) {
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
                        calDav.longestDelay(),
                        clock))
            .map(
                push ->
                    BackgroundLoop.named("calendar-push").every(calDav.pollInterval(), push::push))
            .toArray(BackgroundLoop[]::new));
  }

  /** The HTTP API. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class Web {

    private final Clock clock;

    Web(ObjectProvider<Clock> clock) {
      this.clock = clock.getIfUnique(Clock::systemUTC);
    }

    @Bean
    OwnerCalendar ownerCalendar(
        Reminders reminders, CalendarFeed calendarFeed, CalendarProperties settings) {
      return new OwnerCalendar(reminders, calendarFeed, settings.history(), clock);
    }

    @Bean
    CalendarController calendarController(OwnerCalendar ownerCalendar) {
      return new CalendarController(ownerCalendar);
    }

    @Bean
    FeedController feedController(
        JdbcClient database, OwnerCalendar ownerCalendar, CalendarProperties settings) {
      return new FeedController(new Feeds(database), ownerCalendar, settings.base(), clock);
    }

    /** Keeps the secret in the address of a feed out of traces: it grants access. */
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
        PlatformTransactionManager transactionManager) {
      return new ReminderController(
          new Snoozes(
              reminders,
              taskSeries,
              snoozeEvents,
              new TransactionTemplate(transactionManager),
              clock));
    }
  }
}
