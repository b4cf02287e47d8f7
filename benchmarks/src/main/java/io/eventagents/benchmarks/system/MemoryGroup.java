package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.JvmProbe;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Spread;
import io.eventagents.benchmarks.rig.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The memory of each application, idle and under load, and whether it grows. */
public final class MemoryGroup implements BenchmarkGroup {

  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
  private static final double MIB = 1 << 20;

  /**
   * Memory is flat if it grows by no more than this factor from the first half of the time to the
   * second.
   */
  private static final double FLAT = 1.1;

  /**
   * The samples of one application.
   *
   * @param heap the heap after a full collection, in MiB
   * @param resident the resident memory, in MiB
   */
  private record Samples(List<Double> heap, List<Double> resident) {

    Samples() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(double heapMib, double residentMib) {
      heap.add(heapMib);
      resident.add(residentMib);
    }

    static double growth(List<Double> values) {
      int half = Math.max(1, values.size() / 2);
      return Spread.of(values.subList(values.size() - half, values.size())).median()
          / Spread.of(values.subList(0, half)).median();
    }
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    Map<String, Samples> idle = new LinkedHashMap<>();
    Map<String, Samples> loaded = new LinkedHashMap<>();
    try (RunningSystem system = RunningSystem.start(report);
        TaskClient tasks = new TaskClient(system.orchestrator())) {
      Map<Application, JvmProbe> probes = new LinkedHashMap<>();
      for (Application application : system.applications()) {
        probes.put(application, application.probe());
      }
      tasks.create("memory-first");
      long idleEnd = later(Duration.ofSeconds(arguments.number("memory-idle-seconds")));
      while (System.nanoTime() < idleEnd) {
        sample(probes, idle);
        TimeUnit.NANOSECONDS.sleep(BETWEEN_SAMPLES.toNanos());
      }
      Duration time = Duration.ofMinutes(arguments.number("memory-minutes"));
      report.progress("idle is measured; load for %s", time);
      load(system, tasks, arguments, time, probes, loaded, report);
      for (JvmProbe probe : probes.values()) {
        probe.close();
      }
    }
    return report(idle, loaded, arguments, report);
  }

  private static void load(
      RunningSystem system,
      TaskClient tasks,
      Arguments arguments,
      Duration time,
      Map<Application, JvmProbe> probes,
      Map<String, Samples> loaded,
      Report report)
      throws Exception {
    long pause = 1_000_000_000L / arguments.number("memory-rate");
    long begin = System.nanoTime();
    // Caches fill and code is compiled in the first tenth.
    long nextSample = begin + time.toNanos() / 10;
    long end = begin + time.toNanos();
    List<CompletableFuture<Void>> open = new ArrayList<>();
    long sent = 0;
    for (long due = begin; due < end; due += pause) {
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      open.add(tasks.begin("memory-" + sent++));
      if (System.nanoTime() >= nextSample) {
        for (CompletableFuture<Void> each : open) {
          each.get(60, TimeUnit.SECONDS);
        }
        open.clear();
        sample(probes, loaded);
        system.outlets().empty();
        nextSample = System.nanoTime() + BETWEEN_SAMPLES.toNanos();
      }
    }
    report.progress("%,d tasks were accepted under load", sent);
  }

  private static long later(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  private static void sample(Map<Application, JvmProbe> probes, Map<String, Samples> samples)
      throws Exception {
    for (Map.Entry<Application, JvmProbe> each : probes.entrySet()) {
      samples
          .computeIfAbsent(each.getKey().name(), name -> new Samples())
          .add(each.getValue().liveHeap() / MIB, each.getKey().resident() / MIB);
    }
  }

  private static List<Target> report(
      Map<String, Samples> idle, Map<String, Samples> loaded, Arguments arguments, Report report) {
    report.heading("Memory");
    report.paragraph(
        "Executable jars with `-Xmx256m -XX:+UseSerialGC`. MiB, median (least to greatest): idle for %d s, then %d tasks/s for"
            + " %d min, of which the first tenth is not counted. Growth is the median of the second half divided by that of the first.",
        arguments.number("memory-idle-seconds"),
        arguments.number("memory-rate"),
        arguments.number("memory-minutes"));
    List<String[]> rows = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    loaded.forEach(
        (name, under) -> {
          Samples before = idle.getOrDefault(name, under);
          double heapGrowth = Samples.growth(under.heap());
          double residentGrowth = Samples.growth(under.resident());
          rows.add(
              new String[] {
                name,
                Spread.of(before.heap()).format(0),
                Spread.of(under.heap()).format(0),
                growth(heapGrowth),
                Spread.of(before.resident()).format(0),
                Spread.of(under.resident()).format(0),
                growth(residentGrowth)
              });
          targets.add(Target.atMost(FLAT, name + ": growth of the heap", heapGrowth));
          targets.add(
              Target.atMost(FLAT, name + ": growth of the resident memory", residentGrowth));
        });
    report.table(
        List.of(
            "application",
            "heap after collection, idle",
            "under load",
            "growth",
            "resident, idle",
            "under load",
            "growth"),
        rows);
    return targets;
  }

  private static String growth(double factor) {
    return String.format(Locale.ROOT, "%.2f", factor);
  }
}
