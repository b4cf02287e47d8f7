package io.eventagents.benchmarks.rig;

import java.util.Locale;

/**
 * What is demanded, and what was measured.
 *
 * @param what the figure
 * @param measured its value
 * @param demand whether the value is to be at least or at most the limit
 * @param limit the demanded value
 */
public record Target(String what, double measured, Demand demand, double limit) {

  /** On which side of its limit a figure is to be. */
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

  /** Whether the demand is met. */
  public boolean isReached() {
    return switch (demand) {
      case AT_LEAST -> measured >= limit;
      case AT_MOST -> measured <= limit;
    };
  }

  /** The figure, what is demanded, what was measured, whether that is enough. */
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
