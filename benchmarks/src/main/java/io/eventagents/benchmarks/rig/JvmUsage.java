package io.eventagents.benchmarks.rig;

/**
 * What a JVM has used since it started.
 *
 * @param cpuNanos processor time of the process, in nanoseconds
 * @param allocatedBytes bytes allocated on the heap
 */
public record JvmUsage(long cpuNanos, long allocatedBytes) {

  /** What was used since an earlier look. */
  public JvmUsage since(JvmUsage earlier) {
    return new JvmUsage(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
  }
}
