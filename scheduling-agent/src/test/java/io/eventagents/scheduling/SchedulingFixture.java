package io.eventagents.scheduling;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The agent, its timers and its tables on a real database, with a clock that is ticked. */
final class SchedulingFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");

  final SettableClock clock = SettableClock.stoppedAt(NOW);
  final HikariDataSource dataSource;
  final JdbcClient database;
  final TransactionTemplate transaction;
  final Reminders reminders;
  final ReminderScheduler agent;
  final PublishedReminders published;
  private final List<TimerWatch> watches = new ArrayList<>();

  SchedulingFixture(String jdbcUrl) {
    dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(jdbcUrl);
    dataSource.setUsername("postgres");
    dataSource.setMaximumPoolSize(8);
    dataSource.setConnectionTimeout(1_000);
    DatabaseSchema.migrate(dataSource, "scheduling", "classpath:db/scheduling");
    database = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    reminders = new Reminders(database);
    agent =
        new ReminderScheduler(
            reminders,
            new ReminderTimers(dataSource, database),
            new ReminderTimes(Duration.ofHours(1), Duration.ofDays(1)),
            clock);
    published = new PublishedReminders(database);
  }

  /** Another instance of the application that looks for timers. */
  TimerWatch watch() {
    TimerWatch watch =
        new TimerWatch(
            dataSource,
            new ReminderAlarm(reminders, published, transaction, clock),
            Duration.ofMillis(20),
            2,
            clock);
    watches.add(watch);
    watch.start();
    return watch;
  }

  /** Handles the event as the framework does, in a transaction. */
  List<ReminderEvent> handle(ReminderTrigger data) {
    return handle(UUID.randomUUID().toString(), data);
  }

  List<ReminderEvent> handle(String eventId, ReminderTrigger data) {
    return Objects.requireNonNull(transaction.execute(status -> agent.apply(event(eventId, data))));
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

  int timers() {
    return database.sql("select count(*) from scheduling.timers").query(Integer.class).single();
  }

  void empty() {
    database
        .sql("truncate scheduling.timers, scheduling.reminders, scheduling.tasks, published")
        .update();
  }

  @Override
  public void close() {
    watches.forEach(TimerWatch::stop);
    dataSource.close();
  }
}
