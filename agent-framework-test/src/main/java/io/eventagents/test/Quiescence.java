package io.eventagents.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits until nothing moves any more; an instance serves one wait. */
final class Quiescence {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final Traffic traffic;
  private final Supplier<List<String>> missing;
  private Traffic.@Nullable Look last;
  private List<String> stillMissing = List.of();

  /**
   * @param missing what has yet to come
   */
  Quiescence(Traffic traffic, Supplier<List<String>> missing) {
    this.traffic = traffic;
    this.missing = missing;
  }

  /**
   * Waits.
   *
   * @param what is to come to rest
   * @param state what there is, for the message of a failure
   * @throws AssertionError if that takes longer
   */
  void await(Duration patience, String what, Supplier<String> state) {
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_LOOKS)
          .atMost(patience)
          .until(this::isReached);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s did not come to rest within %s: %s%n%s"
              .formatted(what, patience, String.join("; ", reasons()), state.get()),
          e);
    }
  }

  private boolean isReached() {
    Traffic.Look before = last;
    Traffic.Look now = traffic.look();
    last = now;
    if (before == null
        || !before.isQuiet()
        || !now.isQuiet()
        || !before.ends().equals(now.ends())) {
      return false;
    }
    stillMissing = missing.get();
    return stillMissing.isEmpty();
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (!stillMissing.isEmpty()) {
      reasons.add("there is no " + String.join(", no ", stillMissing) + " yet");
    }
    if (last != null) {
      reasons.addAll(last.moving());
    }
    return reasons.isEmpty() ? List.of("new records kept coming") : reasons;
  }
}
