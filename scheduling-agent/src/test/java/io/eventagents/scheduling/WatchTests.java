package io.eventagents.scheduling;

import static org.awaitility.Awaitility.await;

import io.eventagents.background.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchTests {

  @Test
  void goesOnAfterWhateverARoundThrows() {
    AtomicInteger count = new AtomicInteger();
    BackgroundLoop watch =
        Watch.of(
            "test-watch",
            1,
            Duration.ofMillis(5),
            () ->
                switch (count.incrementAndGet()) {
                  case 1 -> throw new IllegalStateException("The database is away");
                  case 2 -> throw new NoClassDefFoundError("This cannot be loaded");
                  default -> false;
                });
    watch.start();
    try {
      await().until(() -> count.get() > 3);
    } finally {
      watch.stop();
    }
  }
}
