package io.eventagents.audit.console;

import java.util.Arrays;

/** Draws how a number has changed, in a small chart. */
final class Sparkline {

  private static final int WIDTH = 120;
  private static final int HEIGHT = 26;

  private Sparkline() {}

  /**
   * A line with the area below it.
   *
   * @param values in the order of time; NaN for none
   * @param title what it shows
   */
  static String line(String id, double[] values, String title) {
    double most = most(values);
    Svg svg = drawing(id, title);
    StringBuilder line = new StringBuilder();
    double step = (double) WIDTH / Math.max(1, values.length - 1);
    double before = 0;
    for (int i = 0; i < values.length; i++) {
      double value = Double.isNaN(values[i]) ? before : values[i];
      before = value;
      line.append(i == 0 ? "M" : "L")
          .append(Svg.number(i * step))
          .append(' ')
          .append(Svg.number(HEIGHT - 2 - value / most * (HEIGHT - 5)));
    }
    String below = "L" + WIDTH + " " + HEIGHT + "L0 " + HEIGHT + "Z";
    return svg.path(line + below, "class", "spark-area")
        .path(line.toString(), "class", "spark-line")
        .end();
  }

  /** A bar for each part of the time that has a value. */
  static String bars(String id, double[] values, String title) {
    double most = most(values);
    Svg svg = drawing(id, title);
    double step = (double) WIDTH / values.length;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        double height = Math.max(3, values[i] / most * (HEIGHT - 4));
        double width = Math.max(1.5, step - 1);
        svg.rectangle(i * step, HEIGHT - height, width, height, "class", "spark-bad");
      }
    }
    return svg.end();
  }

  private static Svg drawing(String id, String title) {
    return Svg.drawing("img", id, WIDTH, HEIGHT, title, title);
  }

  private static double most(double[] values) {
    double most = Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(0);
    return most == 0 ? 1 : most;
  }
}
