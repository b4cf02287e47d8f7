package io.eventagents.scheduling;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.EventType;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.caldav.CalendarObjects;
import io.eventagents.scheduling.reminder.LeadTimes;
import io.eventagents.scheduling.reminder.ReminderAlarm;
import io.eventagents.scheduling.reminder.ReminderEvent;
import io.eventagents.scheduling.reminder.ReminderScheduler;
import io.eventagents.scheduling.reminder.ReminderTimes;
import io.eventagents.scheduling.reminder.ReminderTrigger;
import io.eventagents.scheduling.reminder.Reminders;
import io.eventagents.scheduling.reminder.Snoozes;
import io.eventagents.scheduling.reminder.TaskCreated;
import io.eventagents.scheduling.reminder.TaskSeries;
import io.eventagents.scheduling.reminder.TaskUpdated;
import io.eventagents.scheduling.reminder.TimerEvent;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The agent, its timers and its tables on a real database, with a clock that tests move. */
public final class SchedulingFixture implements AutoCloseable {

  public static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");

  /** One reminder, an hour before, in UTC. */
  public static final ReminderTimes HOUR_BEFORE =
      new ReminderTimes(
          new LeadTimes(List.of(Duration.ofHours(1)), Map.of()),
          Duration.ofDays(1),
          ZoneOffset.UTC,
          null);

  public final SettableClock clock = SettableClock.stoppedAt(NOW);
  public final HikariDataSource dataSource;
  public final JdbcClient database;
  public final TransactionTemplate transaction;
  public final Reminders reminders;
  public final CalendarObjects calendars;
  final ReminderTimes times;
  public final ReminderScheduler agent;
  final TaskSeries series;
  public final PublishedReminders published;
  private final List<BackgroundLoop> watches = new ArrayList<>();

  public SchedulingFixture(String jdbcUrl) {
    this(jdbcUrl, HOUR_BEFORE, List.of());
  }

  public SchedulingFixture(
      String jdbcUrl, ReminderTimes times, List<CalDavCalendars.Calendar> calDavCalendars) {
    dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(jdbcUrl);
    dataSource.setUsername("postgres");
    dataSource.setMaximumPoolSize(8);
    dataSource.setConnectionTimeout(1_000);
    DatabaseSchema.migrate(dataSource, "scheduling", "classpath:db/scheduling");
    database = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    calendars = new CalendarObjects(database, new CalDavCalendars(calDavCalendars), clock);
    reminders = new Reminders(database, calendars);
    this.times = times;
    agent = new ReminderScheduler(reminders, times, clock);
    published = new PublishedReminders(database);
    series = new TaskSeries(reminders, times, published);
  }

  /** Another instance of the application, which looks for due reminders. */
  public BackgroundLoop watch() {
    ReminderAlarm alarm = alarm();
    BackgroundLoop watch =
        BackgroundLoop.named("reminder-alarm")
            .threads(2)
            .every(Duration.ofMillis(20), () -> alarm.ring(10) == 10);
    watches.add(watch);
    watch.start();
    return watch;
  }

  public ReminderAlarm alarm() {
    return alarm(published);
  }

  /** An alarm with another outbox for what it fires. */
  public ReminderAlarm alarm(EventPublisher<TimerEvent> events) {
    return new ReminderAlarm(reminders, series, events, transaction, clock);
  }

  /** Fires all due reminders. */
  public void ring() {
    ReminderAlarm alarm = alarm();
    while (alarm.ring(100) > 0) {}
  }

  public Snoozes snoozing() {
    return new Snoozes(reminders, series, published.snoozes(), transaction, clock);
  }

  /** Handles the event as the framework does, in a transaction. */
  public List<ReminderEvent> handle(ReminderTrigger data) {
    return handle(UUID.randomUUID().toString(), data);
  }

  public List<ReminderEvent> handle(String eventId, ReminderTrigger data) {
    return Objects.requireNonNull(transaction.execute(status -> agent.apply(event(eventId, data))));
  }

  public static TaskCreated created(
      String taskId, String title, String ownerId, @Nullable Instant dueAt) {
    return new TaskCreated(taskId, title, ownerId, null, dueAt, null, null);
  }

  public static TaskUpdated updated(
      String taskId, String title, String ownerId, @Nullable Instant dueAt) {
    return new TaskUpdated(taskId, title, ownerId, null, dueAt, null, null);
  }

  public static Event<ReminderTrigger> event(String eventId, ReminderTrigger data) {
    EventType type = Objects.requireNonNull(data.getClass().getAnnotation(EventType.class));
    return new Event<>(
        eventId,
        type.value(),
        NOW,
        data,
        new EventMetadata("req-" + eventId, "api-call-789", "task-api"));
  }

  public int scheduled() {
    return database
        .sql("select count(*) from scheduling.reminders where status = 'SCHEDULED'")
        .query(Integer.class)
        .single();
  }

  public void empty() {
    database.sql("truncate scheduling.reminders, scheduling.tasks, published").update();
  }

  @Override
  public void close() {
    watches.forEach(BackgroundLoop::stop);
    dataSource.close();
  }
}
