package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * The time from the answer to {@code POST /tasks} until all events of the chain are in the audit
 * log, compared with as many hand-written Kafka hops as the chain's longest path has.
 */
public final class LatencyGroup implements BenchmarkGroup {

  /** {@code task.created}, two {@code notification.sent} and {@code reminder.scheduled}. */
  private static final int EVENTS_OF_A_CHAIN = 4;

  /** The task's event to an agent, and the agent's event to the audit. */
  private static final int HOPS = 2;

  /** The first tasks, at a low rate, while classes are loaded and connections opened. */
  private static final int FIRST = 300;

  /**
   * Enough to compile most of the code: after a quarter as many, chains took four times as long.
   */
  private static final int WARM_UP = 6_000;

  private static final int PATIENCE_SECONDS = 120;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    List<Long> quietChains = new ArrayList<>();
    List<Long> quietHops = new ArrayList<>();
    List<Long> loadedChains;
    List<Long> loadedHops;
    List<String[]> processorTimes;
    int rate = arguments.number("latency-rate");
    int loaded = rate * arguments.number("latency-seconds");
    try (RunningSystem system = RunningSystem.start(report);
        TaskClient tasks = new TaskClient(system.orchestrator());
        AuditTail audit = new AuditTail(system.audit(), EVENTS_OF_A_CHAIN);
        Hops hops = new Hops(system.brokers(), HOPS, "hop-")) {
      report.progress("the system is up");
      // The first task waits for the agents to join their groups.
      chain(tasks, audit, "first");
      var unused = measureAtRate(50, FIRST, n -> begin(tasks, audit, "first-" + n));
      unused = measureAtRate(80, WARM_UP, n -> begin(tasks, audit, "warm-" + n));
      unused = measureAtRate(400, WARM_UP, n -> hop(hops, "warm-" + n));
      report.progress("warmed up");
      system.outlets().empty();
      for (int n = 0; n < arguments.number("latency-tasks"); n++) {
        quietChains.add(chain(tasks, audit, "quiet-" + n));
        Thread.sleep(20);
        quietHops.add(hop(hops, "quiet-" + n).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        Thread.sleep(20);
      }
      report.progress("quiet: chain %s ms", Percentiles.of(quietChains));
      loadedHops = measureAtRate(rate, loaded, n -> hop(hops, "loaded-" + n));
      ProcessorTimes before = system.processorTimes();
      loadedChains = measureAtRate(rate, loaded, n -> begin(tasks, audit, "loaded-" + n));
      processorTimes = system.processorTimes().rowsSince(before, loaded);
      report.progress("loaded: chain %s ms", Percentiles.of(loadedChains));
    }
    List<Target> targets =
        report(
            Percentiles.of(quietChains),
            Percentiles.of(quietHops),
            Percentiles.of(loadedChains),
            Percentiles.of(loadedHops),
            arguments,
            report);
    report.paragraph(
        "The processor time of each part per task, at %d/s. The machine has %.1f ms per task in all.",
        rate, 1_000.0 * Runtime.getRuntime().availableProcessors() / rate);
    report.table(List.of("part", "processor time per task, ms"), processorTimes);
    return targets;
  }

  private static long chain(TaskClient tasks, AuditTail audit, String id) throws Exception {
    tasks.create(id);
    long accepted = System.nanoTime();
    return audit.complete(id).get(PATIENCE_SECONDS, TimeUnit.SECONDS) - accepted;
  }

  private static CompletableFuture<Long> begin(TaskClient tasks, AuditTail audit, String id) {
    return tasks
        .begin(id)
        .thenApply(accepted -> System.nanoTime())
        .thenCombine(audit.complete(id), (accepted, complete) -> complete - accepted);
  }

  private static CompletableFuture<Long> hop(Hops hops, String id) {
    long sent = System.nanoTime();
    return hops.send(id).thenApply(arrived -> arrived - sent);
  }

  /** Begins this many operations per second, however long they take. */
  private static List<Long> measureAtRate(
      int perSecond, int count, IntFunction<CompletableFuture<Long>> begin) throws Exception {
    List<CompletableFuture<Long>> begun = new ArrayList<>(count);
    long start = System.nanoTime();
    for (int n = 0; n < count; n++) {
      long due = start + n * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      begun.add(begin.apply(n));
    }
    List<Long> times = new ArrayList<>(count);
    for (CompletableFuture<Long> each : begun) {
      times.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return times;
  }

  private static List<Target> report(
      Percentiles quietChains,
      Percentiles quietHops,
      Percentiles loadedChains,
      Percentiles loadedHops,
      Arguments arguments,
      Report report) {
    String atRate = "at " + arguments.number("latency-rate") + " tasks/s, ";
    report.heading("From the accepted command to the whole chain in the audit log");
    report.paragraph(
        "Each application, the broker and PostgreSQL are processes of their own. %d tasks one after the other, then %d/s for"
            + " %d s. A chain has %d events and %d Kafka hops in a row.",
        arguments.number("latency-tasks"),
        arguments.number("latency-rate"),
        arguments.number("latency-seconds"),
        EVENTS_OF_A_CHAIN,
        HOPS);
    report.table(
        List.of("", "chain, ms", "hand-written hops, ms", "times the hops"),
        List.of(
            row("quiet, p50", quietChains.p50(), quietHops.p50()),
            row("quiet, p99", quietChains.p99(), quietHops.p99()),
            row(atRate + "p50", loadedChains.p50(), loadedHops.p50()),
            row(atRate + "p99", loadedChains.p99(), loadedHops.p99())));
    return List.of(
        Target.atMost(
            4, "quiet, p50: times the hand-written hops", quietChains.p50() / quietHops.p50()),
        Target.atMost(
            4, atRate + "p50: times the hand-written hops", loadedChains.p50() / loadedHops.p50()),
        Target.atMost(
            4, atRate + "p99: times the hand-written hops", loadedChains.p99() / loadedHops.p99()));
  }

  private static String[] row(String label, double chain, double hops) {
    return new String[] {
      label,
      Percentiles.format(chain),
      Percentiles.format(hops),
      String.format(Locale.ROOT, "%.1f", chain / hops)
    };
  }
}
