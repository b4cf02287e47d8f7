package io.eventagents.faults;

import java.util.Random;

/**
 * The seed of a run. The same seed makes the same load and the same faults in the same order; how
 * they interleave depends on the machine.
 */
record Seed(long value) {

  private static final String PROPERTY = "faults.seed";

  /** The configured seed, or a new one. It is printed, so that a run can be repeated. */
  static Seed ofRun() {
    Long given = Long.getLong(PROPERTY);
    Seed seed = new Seed(given == null ? new Random().nextInt(1_000_000) : given);
    System.out.printf("Fault tests: -D%s=%d%n", PROPERTY, seed.value);
    return seed;
  }

  /** Random numbers for one purpose, independent of other uses of the seed. */
  Random random(String purpose) {
    return new Random(value * 31 + purpose.hashCode());
  }
}
