package io.eventagents.benchmarks.rig;

/**
 * The resources that a JVM has used since it started.
 *
 * @param cpuNanos processor time of the process, in nanoseconds
 * @param allocatedBytes bytes allocated on the heap
 */
public record JvmUsage(long cpuNanos, long allocatedBytes) {

  /** The resources used since an earlier measurement. */
  public JvmUsage since(JvmUsage earlier) {
    return new JvmUsage(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
  }
}
