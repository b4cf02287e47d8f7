package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How late reminders are published if all are due within one minute or at one moment, with two
 * instances of the scheduling agent, one of which is killed in a third round.
 */
public final class RemindersGroup implements BenchmarkGroup {

  private static final String DATABASE = "reminders";
  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LEAD = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "reminders";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    int reminders = arguments.number("reminders");
    Path folder = Files.createTempDirectory("event-agents-reminders");
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Topics topics = new Topics(broker.announcement())) {
      topics.create(List.of("task-events", FiredReminders.TOPIC), PARTITIONS);
      List<String> settings = new ArrayList<>(database.arguments(DATABASE));
      settings.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
      try (Application first = Application.start(jar(), "first", folder, settings);
          Application second = Application.start(jar(), "second", folder, settings);
          Connection connection = database.connect(DATABASE);
          FiredReminders fired = new FiredReminders(broker.announcement(), PARTITIONS)) {
        double scheduled = schedule(broker, topics, reminders);
        report.progress("%,d reminders are scheduled, %,.0f/s", reminders, scheduled);
        Round minute = round(connection, fired, reminders, MINUTE, Optional.empty());
        report.progress("over a minute: %s", minute);
        Round moment = round(connection, fired, reminders, Duration.ZERO, Optional.empty());
        report.progress("at one moment: %s", moment);
        Round killed = round(connection, fired, reminders, MINUTE, Optional.of(second));
        report.progress("over a minute, an instance killed: %s", killed);
        return report(report, reminders, scheduled, minute, moment, killed);
      }
    }
  }

  private static ExecutableJar jar() {
    return ExecutableJar.SCHEDULING_AGENT;
  }

  /** Schedules the reminders through events, one task each, and returns the rate per second. */
  private static double schedule(ChildJvm broker, Topics topics, int reminders)
      throws InterruptedException {
    Instant begin;
    try (ReferenceEvents events = new ReferenceEvents(broker.announcement(), reminders)) {
      begin = events.write("task-events", reminders);
    }
    Instant end = begin.plus(PATIENCE);
    while (topics.size(FiredReminders.TOPIC) < reminders) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "Only %d of %d reminders were scheduled in %s"
                .formatted(topics.size(FiredReminders.TOPIC), reminders, PATIENCE));
      }
      Thread.sleep(100);
    }
    return reminders / (Duration.between(begin, Instant.now()).toMillis() / 1000.0);
  }

  /** Sets all reminders to times within this span, and waits until they are published. */
  private static Round round(
      Connection connection,
      FiredReminders fired,
      int reminders,
      Duration spread,
      Optional<Application> victim)
      throws Exception {
    Instant begin = Instant.now().plus(LEAD);
    fired.forget();
    try (Statement statement = connection.createStatement()) {
      int set =
          statement.executeUpdate(
              """
              update scheduling.reminders r set status = 'SCHEDULED', remind_at = n.at, ring_at = n.at
              from (select reminder_id, timestamptz '%s' + random() * interval '%d milliseconds' as at
                    from scheduling.reminders) n
              where r.reminder_id = n.reminder_id
              """
                  .formatted(begin, spread.toMillis()));
      if (set != reminders) {
        throw new IllegalStateException(
            "Found %d reminders instead of %d".formatted(set, reminders));
      }
    }
    fired.expect(connection);
    if (victim.isPresent()) {
      Thread.sleep(Duration.between(Instant.now(), begin.plus(spread.dividedBy(2))));
      victim.get().kill();
    }
    fired.await(reminders, PATIENCE);
    return new Round(
        Percentiles.of(fired.latenesses()),
        Duration.between(begin, fired.last()).toMillis() / 1000.0,
        fired.records() - reminders);
  }

  private static List<Target> report(
      Report report, int reminders, double scheduled, Round minute, Round moment, Round killed) {
    report.heading("Reminders that are due together");
    report.paragraph(
        "%,d reminders of as many tasks, made by events (%,.0f/s); two instances of the scheduling agent, every setting at its"
            + " default. Lateness is the time from when a reminder was due until the broker stored its `reminder.due`.",
        reminders, scheduled);
    report.table(
        List.of("due", "late, p50, ms", "late, p99, ms", "the last after, s", "published again"),
        List.of(
            minute.row("within one minute"),
            moment.row("at one moment"),
            killed.row("within one minute, an instance killed in its middle")));
    return List.of(
        Target.atMost(5_000, "reminders due within one minute: late, p99, ms", minute.late().p99()),
        Target.atMost(60, "reminders due at one moment: seconds until the last", moment.seconds()));
  }

  /**
   * The result of one round.
   *
   * @param seconds the time from the first due time until the last reminder was published
   * @param repeats the number of reminders published again, with the same id
   */
  private record Round(Percentiles late, double seconds, long repeats) {

    String[] row(String label) {
      return new String[] {
        label,
        Percentiles.format(late.p50()),
        Percentiles.format(late.p99()),
        String.format(Locale.ROOT, "%.1f", seconds),
        String.valueOf(repeats)
      };
    }
  }
}
