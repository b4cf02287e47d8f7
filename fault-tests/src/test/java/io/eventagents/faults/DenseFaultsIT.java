package io.eventagents.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short form: the most telling faults, one after another, under load. */
class DenseFaultsIT {

  private static final Seed SEED = Seed.ofRun();

  private static FaultySystem system;

  @BeforeAll
  static void start() {
    system =
        FaultySystem.start(
            Path.of("target", "faults", "dense-" + System.nanoTime()).toAbsolutePath(), SEED);
  }

  @AfterAll
  static void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void nothingIsLostAndNothingHappensTwice() {
    Journal journal = new Journal();
    try (TaskLoad load = TaskLoad.start(system, journal, "dense", 10)) {
      org.awaitility.Awaitility.await()
          .pollDelay(java.time.Duration.ofSeconds(5))
          .until(() -> true);
      AgentProcess n = system.instance(Application.NOTIFICATION);
      system.kill(n);
      system.begin(Application.NOTIFICATION).awaitReady();
    }
    new Reconciliation(system, journal).await();
  }
}
