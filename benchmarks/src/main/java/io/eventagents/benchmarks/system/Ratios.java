package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Spread;
import java.util.List;
import java.util.stream.IntStream;

/** Figures as multiples of other figures, round by round. */
final class Ratios {

  private Ratios() {}

  static Spread of(List<Double> figures, List<Double> others) {
    return Spread.of(
        IntStream.range(0, figures.size())
            .mapToObj(round -> figures.get(round) / others.get(round))
            .toList());
  }
}
