package io.eventagents.benchmarks.system;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Percentiles of times, in milliseconds.
 *
 * @param p50 the median
 * @param p99 the time that one in a hundred exceeds
 */
record Percentiles(double p50, double p99) {

  /** The percentiles of at least one time, in nanoseconds. */
  static Percentiles of(Collection<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Percentiles(at(sorted, 0.5), at(sorted, 0.99));
  }

  private static double at(List<Long> sorted, double part) {
    int index = (int) Math.ceil(part * sorted.size()) - 1;
    return sorted.get(Math.max(0, index)) / 1e6;
  }

  static String format(double millis) {
    return String.format(Locale.ROOT, "%.1f", millis);
  }
}
