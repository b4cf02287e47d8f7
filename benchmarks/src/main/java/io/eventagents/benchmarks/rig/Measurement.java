package io.eventagents.benchmarks.rig;

/**
 * The figures of one way in one round.
 *
 * @param perSecond events per second
 * @param cpuMicros processor time of the program per event, in microseconds
 * @param allocatedKib memory that the program allocated on its heap per event, in KiB
 */
public record Measurement(double perSecond, double cpuMicros, double allocatedKib) {

  /** Calculates the figures from the number of events, their time, and the resources used. */
  public static Measurement of(int events, double seconds, JvmUsage used) {
    return new Measurement(
        events / Math.max(1e-3, seconds),
        used.cpuNanos() / 1e3 / events,
        used.allocatedBytes() / 1024.0 / events);
  }
}
