package io.eventagents.benchmarks.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The processor time that each part of a system has used so far.
 *
 * @param times the times by the name of the part
 */
record ProcessorTimes(Map<String, Duration> times) {

  /** The times of processes by their names, and of all PostgreSQL processes on this machine. */
  static ProcessorTimes now(Map<String, ProcessHandle> processes) {
    Map<String, Duration> times = new LinkedHashMap<>();
    processes.forEach((name, process) -> times.put(name, of(process)));
    times.put(
        "PostgreSQL",
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
            .map(ProcessorTimes::of)
            .reduce(Duration.ZERO, Duration::plus));
    times.put("clients, mail server, Slack", of(ProcessHandle.current()));
    return new ProcessorTimes(times);
  }

  private static Duration of(ProcessHandle process) {
    Optional<Duration> total = process.info().totalCpuDuration();
    return total.orElse(Duration.ZERO);
  }

  /**
   * A row for each part and one for all of them: the time per unit since then, for this many units.
   */
  List<String[]> rowsSince(ProcessorTimes before, int units) {
    Duration all = Duration.ZERO;
    List<String[]> rows = new ArrayList<>();
    for (Map.Entry<String, Duration> part : times.entrySet()) {
      Duration used =
          part.getValue().minus(before.times().getOrDefault(part.getKey(), Duration.ZERO));
      all = all.plus(used);
      rows.add(new String[] {part.getKey(), millisPer(units, used)});
    }
    rows.add(new String[] {"all", millisPer(units, all)});
    return rows;
  }

  private static String millisPer(int units, Duration used) {
    return String.format(Locale.ROOT, "%.2f", used.toNanos() / 1e6 / units);
  }
}
