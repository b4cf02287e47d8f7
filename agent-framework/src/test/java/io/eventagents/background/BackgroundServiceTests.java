package io.eventagents.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

class BackgroundServiceTests {

  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void runsWhileTheApplicationDoes() {
    BackgroundService service = new BackgroundService(loop("first"), loop("second"));
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context.registerBean(BackgroundService.class, () -> service);
      assertThat(service.isRunning()).isFalse();

      context.refresh();

      assertThat(service.isRunning()).isTrue();
      await().until(() -> rounds.get() == 2);
    }
    assertThat(service.isRunning()).isFalse();
  }

  private BackgroundLoop loop(String name) {
    return BackgroundLoop.named(name)
        .repeating(
            () -> {
              rounds.incrementAndGet();
              return Duration.ofHours(1);
            });
  }
}
