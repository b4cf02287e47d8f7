package io.eventagents.faults;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills the process that runs everything, including broker and database. */
@Tag("long")
@SuppressWarnings("try") // a load works until it is closed
class LocalKillsIT {

  private static final int KILLS = 2;

  @Test
  void wholeProcessIsKilledAtRandomMoments() {
    Seed seed = Seed.ofRun();
    Random random = seed.random("local");
    Path directory =
        Path.of("target", "faults", System.currentTimeMillis() + "-local").toAbsolutePath();
    try (LocalProcess local = new LocalProcess(directory, seed)) {
      local.start();
      for (int i = 0; i < KILLS; i++) {
        try (TaskLoad load = local.load("local" + i, 15)) {
          local.journal().awaitMore(20 + random.nextInt(60));
          local.kill();
        }
        local.start();
      }
      try (TaskLoad load = local.load("last", 15)) {
        local.journal().awaitMore(20);
      }

      try (Reconciliation reconciliation = new Reconciliation(local.landscape())) {
        reconciliation.await();
      }
    }
  }
}
