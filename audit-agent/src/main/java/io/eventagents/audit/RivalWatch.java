package io.eventagents.audit;

import io.eventagents.audit.log.RivalLogs;
import io.eventagents.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Looks out for other logs in the group: two that start at once may not see each other before. */
final class RivalWatch implements SmartLifecycle {

  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final BackgroundLoop background;

  /** Of this log. */
  RivalWatch(RivalLogs rivals) {
    this.background =
        new BackgroundLoop(
            "audit-rivals",
            () -> {
              rivals.look();
              return INTERVAL;
            });
  }

  @Override
  public void start() {
    background.start();
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }
}
