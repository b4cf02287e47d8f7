package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.Measurement;
import io.eventagents.benchmarks.rig.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of one way, one for each round.
 *
 * @param all the measurements in the order of the rounds
 */
record Runs(List<Measurement> all) {

  Runs() {
    this(new ArrayList<>());
  }

  void add(Measurement measurement) {
    all.add(measurement);
  }

  Spread spread(ToDoubleFunction<Measurement> figure) {
    return Spread.of(all.stream().map(figure::applyAsDouble).toList());
  }

  Spread rate() {
    return spread(Measurement::perSecond);
  }

  /** The rates as multiples of those of another way, round by round. */
  Spread times(Runs other) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < all.size(); round++) {
      ratios.add(all.get(round).perSecond() / other.all.get(round).perSecond());
    }
    return Spread.of(ratios);
  }
}
