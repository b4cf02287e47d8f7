package io.eventagents.benchmarks.rig;

import java.util.Locale;

/**
 * A target, and the figure measured.
 *
 * @param what the name of the figure
 * @param measured the value measured
 * @param demand whether the value must be at least or at most the limit
 * @param limit the target value
 */
public record Target(String what, double measured, Demand demand, double limit) {

  /** The side of the limit on which a figure must be. */
  public enum Demand {
    AT_LEAST,
    AT_MOST
  }

  /** A figure that must not be lower. */
  public static Target atLeast(double limit, String what, double measured) {
    return new Target(what, measured, Demand.AT_LEAST, limit);
  }

  /** A figure that must not be higher. */
  public static Target atMost(double limit, String what, double measured) {
    return new Target(what, measured, Demand.AT_MOST, limit);
  }

  /** Whether the target is reached. */
  public boolean isReached() {
    return switch (demand) {
      case AT_LEAST -> measured >= limit;
      case AT_MOST -> measured <= limit;
    };
  }

  /** A row of the figure, its target, the value measured, and whether the target is reached. */
  String[] row() {
    return new String[] {
      what,
      (demand == Demand.AT_LEAST ? "at least " : "at most ") + number(limit),
      number(measured),
      isReached() ? "reached" : "**not reached**"
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }
}
