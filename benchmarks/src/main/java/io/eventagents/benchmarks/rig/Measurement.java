package io.eventagents.benchmarks.rig;

/**
 * One way in one round.
 *
 * @param perSecond events per second
 * @param cpuMicros processor time of the program per event, in microseconds
 * @param allocatedKib what the program allocated on its heap per event, in KiB
 */
public record Measurement(double perSecond, double cpuMicros, double allocatedKib) {

  /** From what a program used for these events, and how long they took. */
  public static Measurement of(int events, double seconds, JvmUsage used) {
    return new Measurement(
        events / Math.max(1e-3, seconds),
        used.cpuNanos() / 1e3 / events,
        used.allocatedBytes() / 1024.0 / events);
  }
}
