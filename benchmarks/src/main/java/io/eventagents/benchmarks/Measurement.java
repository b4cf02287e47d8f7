package io.eventagents.benchmarks;

/**
 * One way in one round.
 *
 * @param eventsPerSecond answers stored by the broker, per second
 * @param cpuMicros processor time of the program per event, in microseconds
 */
record Measurement(double eventsPerSecond, double cpuMicros) {}
