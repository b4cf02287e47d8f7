package io.eventagents.scheduling;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import io.eventagents.background.BackgroundLoop;
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

/** The agent, its timers and its tables on a real database, with a clock that is ticked. */
final class SchedulingFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");

  /** One reminder, an hour before; by the clocks of UTC. */
  static final ReminderTimes HOUR_BEFORE =
      new ReminderTimes(
          new LeadTimes(List.of(Duration.ofHours(1)), Map.of()),
          Duration.ofDays(1),
          ZoneOffset.UTC,
          null);

  final SettableClock clock = SettableClock.stoppedAt(NOW);
  final HikariDataSource dataSource;
  final JdbcClient database;
  final TransactionTemplate transaction;
  final Reminders reminders;
  final CalendarObjects calendars;
  final ReminderTimes times;
  final ReminderScheduler agent;
  final TaskSeries series;
  final PublishedReminders published;
  private final List<BackgroundLoop> watches = new ArrayList<>();

  SchedulingFixture(String jdbcUrl) {
    this(jdbcUrl, HOUR_BEFORE, List.of());
  }

  SchedulingFixture(
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

  /** Another instance of the application that looks for reminders that are due. */
  BackgroundLoop watch() {
    ReminderAlarm alarm = alarm();
    BackgroundLoop watch =
        Watch.of("reminder-alarm", 2, Duration.ofMillis(20), () -> alarm.ring(10) == 10);
    watches.add(watch);
    watch.start();
    return watch;
  }

  ReminderAlarm alarm() {
    return new ReminderAlarm(reminders, series, published, transaction, clock);
  }

  /** Fires all that is due. */
  void ring() {
    ReminderAlarm alarm = alarm();
    while (alarm.ring(100) > 0) {}
  }

  Snoozes snoozing() {
    return new Snoozes(reminders, series, published.snoozes(), transaction, clock);
  }

  /** Handles the event as the framework does, in a transaction. */
  List<ReminderEvent> handle(ReminderTrigger data) {
    return handle(UUID.randomUUID().toString(), data);
  }

  List<ReminderEvent> handle(String eventId, ReminderTrigger data) {
    return Objects.requireNonNull(transaction.execute(status -> agent.apply(event(eventId, data))));
  }

  static TaskCreated created(String taskId, String title, String ownerId, @Nullable Instant dueAt) {
    return new TaskCreated(taskId, title, ownerId, null, dueAt, null, null);
  }

  static TaskUpdated updated(String taskId, String title, String ownerId, @Nullable Instant dueAt) {
    return new TaskUpdated(taskId, title, ownerId, null, dueAt, null, null);
  }

  static Event<ReminderTrigger> event(String eventId, ReminderTrigger data) {
    EventType type = Objects.requireNonNull(data.getClass().getAnnotation(EventType.class));
    return new Event<>(
        eventId,
        type.value(),
        NOW,
        data,
        new EventMetadata("req-" + eventId, "api-call-789", "task-api"));
  }

  int scheduled() {
    return database
        .sql("select count(*) from scheduling.reminders where status = 'SCHEDULED'")
        .query(Integer.class)
        .single();
  }

  void empty() {
    database.sql("truncate scheduling.reminders, scheduling.tasks, published").update();
  }

  @Override
  public void close() {
    watches.forEach(BackgroundLoop::stop);
    dataSource.close();
  }
}
