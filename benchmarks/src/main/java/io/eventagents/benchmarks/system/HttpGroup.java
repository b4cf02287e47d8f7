package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.JvmProbe;
import io.eventagents.benchmarks.rig.JvmUsage;
import io.eventagents.benchmarks.rig.Measurement;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Spread;
import io.eventagents.benchmarks.rig.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code POST /tasks} with the outbox, compared with the same insert without it. */
public final class HttpGroup implements BenchmarkGroup {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    Path folder = Files.createTempDirectory("event-agents-http");
    List<Measurement> with = new ArrayList<>();
    List<Measurement> without = new ArrayList<>();
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Application outbox = start(broker, database, true, folder);
        Application plain = start(broker, database, false, folder)) {
      for (int n = 0; n <= arguments.number("rounds"); n++) {
        // The order alternates between rounds.
        Measurement first = measure(n % 2 == 0 ? outbox : plain, arguments);
        Measurement second = measure(n % 2 == 0 ? plain : outbox, arguments);
        Measurement ofOutbox = n % 2 == 0 ? first : second;
        Measurement ofPlain = n % 2 == 0 ? second : first;
        report.progress(
            "%s: with outbox %,.0f, without %,.0f requests/s",
            n == 0 ? "warm-up" : "round " + n, ofOutbox.perSecond(), ofPlain.perSecond());
        if (n > 0) {
          with.add(ofOutbox);
          without.add(ofPlain);
        }
      }
    }
    return report(with, without, arguments, report);
  }

  private static Application start(ChildJvm broker, Database database, boolean outbox, Path folder)
      throws Exception {
    String name = outbox ? "with-outbox" : "without-outbox";
    List<String> settings = new ArrayList<>(database.arguments(name));
    settings.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
    settings.add("--bench.outbox=" + outbox);
    return Application.start(
        ExecutableJar.ORCHESTRATOR_AGENT, OrchestratorVariant.class, name, folder, settings);
  }

  private static Measurement measure(Application application, Arguments arguments)
      throws Exception {
    int requests = arguments.number("http-requests");
    AtomicInteger left = new AtomicInteger(requests);
    try (TaskClient client = new TaskClient(application);
        JvmProbe probe = application.probe();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      JvmUsage before = probe.usage();
      long begin = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < arguments.number("http-clients"); i++) {
        running.add(
            clients.submit(
                () -> {
                  for (int n = left.decrementAndGet(); n >= 0; n = left.decrementAndGet()) {
                    client.create("http-" + n);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      return Measurement.of(requests, seconds, probe.usage().since(before));
    }
  }

  private static List<Target> report(
      List<Measurement> with, List<Measurement> without, Arguments arguments, Report report) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < with.size(); round++) {
      ratios.add(with.get(round).perSecond() / without.get(round).perSecond());
    }
    Spread ratio = Spread.of(ratios);
    report.heading("`POST /tasks`");
    report.paragraph(
        "%d rounds of %,d requests by %d clients at once; PostgreSQL with fsync. Median of the rounds (least to greatest).",
        arguments.number("rounds"),
        arguments.number("http-requests"),
        arguments.number("http-clients"));
    report.table(
        List.of(
            "publisher",
            "requests/s",
            "times without the outbox",
            "processor time per request, µs",
            "allocated per request, KiB"),
        List.of(
            row("outbox, and its relay to Kafka", with, ratio.format(2)),
            row("none: the task's row alone", without, "1.00")));
    return List.of(Target.atLeast(0.7, "`POST /tasks`: times without the outbox", ratio.median()));
  }

  private static String[] row(String label, List<Measurement> rounds, String ratio) {
    return new String[] {
      label,
      Spread.of(rounds.stream().map(Measurement::perSecond).toList()).format(0),
      ratio,
      Spread.of(rounds.stream().map(Measurement::cpuMicros).toList()).format(0),
      Spread.of(rounds.stream().map(Measurement::allocatedKib).toList()).format(0)
    };
  }
}
