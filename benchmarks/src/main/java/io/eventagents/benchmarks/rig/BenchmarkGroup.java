package io.eventagents.benchmarks.rig;

import java.util.List;

/** Benchmarks that belong together and can be run alone. */
public interface BenchmarkGroup {

  /** What it is called on the command line. */
  String name();

  /**
   * Measures and reports.
   *
   * @return what was demanded, and whether it was reached
   * @throws Exception where it cannot be measured
   */
  List<Target> run(Arguments arguments, Report report) throws Exception;
}
