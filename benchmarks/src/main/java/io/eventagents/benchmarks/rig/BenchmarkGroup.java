package io.eventagents.benchmarks.rig;

import java.util.List;

/** Benchmarks that belong together and can run alone. */
public interface BenchmarkGroup {

  /** The name on the command line. */
  String name();

  /**
   * Measures and reports.
   *
   * @return the targets, with the figures measured
   * @throws Exception if the measurement fails
   */
  List<Target> run(Arguments arguments, Report report) throws Exception;
}
