package io.eventagents.orchestrator;

import static org.awaitility.Awaitility.await;

import io.eventagents.background.BackgroundService;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTests {

  @Test
  void goOnWhateverOneOfThemThrows() {
    AtomicInteger count = new AtomicInteger();
    BackgroundService rounds =
        Rounds.of(
            "test-rounds",
            Duration.ZERO,
            Duration.ofMillis(5),
            () -> {
              switch (count.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("The database is away");
                case 2 -> throw new NoClassDefFoundError("This cannot be loaded");
                default -> {}
              }
            });
    rounds.start();
    try {
      await().until(() -> count.get() > 3);
    } finally {
      rounds.stop();
    }
  }
}
