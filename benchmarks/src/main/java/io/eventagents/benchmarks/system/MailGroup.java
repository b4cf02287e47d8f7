package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Spread;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rate at which {@code notification-email} sends mails, from {@code task.created} until its
 * {@code notification.sent} is stored: over kept connections, and with a connection for each mail.
 */
public final class MailGroup implements BenchmarkGroup {

  private static final String INPUT = "task-events";
  private static final String OUTPUT = "notification-events";
  private static final int PARTITIONS = 4;
  private static final int KEYS = 5_000;
  private static final int PATIENCE_SECONDS = 300;
  private static final String ONE_EACH = "--notification.email.mails-per-connection=1";

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    Spread kept = measure("kept connections", List.of(), arguments, report);
    Spread each = measure("a connection each", List.of(ONE_EACH), arguments, report);
    report.heading("Mails");
    report.paragraph(
        "%d rounds of %,d events over %,d keys and %d partitions; the agent is a process of its own, the mail server"
            + " (GreenMail, without encryption and login) is in the benchmark's. Median of the rounds (least to greatest).",
        arguments.number("mail-rounds"), arguments.number("mail-events"), KEYS, PARTITIONS);
    report.table(
        List.of("way", "mails/s"),
        List.of(
            new String[] {"kept connections", kept.format(0)},
            new String[] {"a connection for each mail", each.format(0)}));
    return List.of(
        Target.atLeast(
            1, "mails over kept connections: of a connection each", kept.median() / each.median()));
  }

  private static Spread measure(
      String way, List<String> settings, Arguments arguments, Report report) throws Exception {
    int events = arguments.number("mail-events");
    List<Double> rates = new ArrayList<>();
    Path folder = Files.createTempDirectory("event-agents-benchmark");
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Outlets outlets = Outlets.open();
        Topics topics = new Topics(broker.announcement());
        ReferenceEvents source = new ReferenceEvents(broker.announcement(), KEYS)) {
      topics.create(List.of(INPUT, OUTPUT), PARTITIONS);
      List<String> all = new ArrayList<>(database.arguments("event_agents"));
      all.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
      all.addAll(outlets.arguments());
      all.add("--notification.slack.enabled=false");
      all.addAll(settings);
      try (Application agent = Application.start(ExecutableJar.NOTIFICATION_AGENT, folder, all)) {
        for (int n = 0; n <= arguments.number("mail-rounds"); n++) {
          double rate = round(topics, source, n == 0 ? Math.max(1, events / 4) : events);
          outlets.empty();
          report.progress(
              "%s of %s, %s: %,.0f mails/s",
              way, agent.name(), n == 0 ? "warm-up" : "round " + n, rate);
          if (n > 0) {
            rates.add(rate);
          }
        }
      }
    } finally {
      delete(folder);
    }
    return Spread.of(rates);
  }

  private static double round(Topics topics, ReferenceEvents source, int events)
      throws InterruptedException {
    long expected = topics.size(OUTPUT) + events;
    Instant begin = source.write(INPUT, events);
    Instant end = begin.plusSeconds(PATIENCE_SECONDS);
    while (topics.size(OUTPUT) < expected) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "%d of %d mails were sent within %d s"
                .formatted(events - (expected - topics.size(OUTPUT)), events, PATIENCE_SECONDS));
      }
      Thread.sleep(50);
    }
    return events / (Duration.between(begin, topics.lastStored(OUTPUT)).toMillis() / 1000.0);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete the data of the run in " + folder, e);
    }
  }
}
