package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.background.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WatchTests {

  @Test
  void goesOnWhateverARoundThrows() {
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

  @Test
  void reportsTheEndOfAnOutageEvenIfThereIsMoreToDo(CapturedOutput output) {
    AtomicInteger count = new AtomicInteger();
    BackgroundLoop watch =
        Watch.of(
            "busy",
            1,
            Duration.ofMillis(1),
            () -> {
              if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("The database is away");
              }
              return count.get() < 4;
            });
    watch.start();
    try {
      await().until(() -> count.get() > 4);
    } finally {
      watch.stop();
    }

    assertThat(output).containsOnlyOnce("busy fails").containsOnlyOnce("busy goes on");
  }
}
