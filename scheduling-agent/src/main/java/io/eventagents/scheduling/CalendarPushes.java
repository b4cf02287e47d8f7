package io.eventagents.scheduling;

import io.eventagents.scheduling.caldav.CalDavClient;
import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Every calendar that is set is pushed to, by a thread of its own, while the application runs. */
final class CalendarPushes implements SmartLifecycle, AutoCloseable {

  private final List<Watch> watches;
  private final CalDavClient client;

  CalendarPushes(List<CalendarPush> pushes, Duration interval, CalDavClient client) {
    this.watches =
        pushes.stream().map(push -> new Watch("calendar-push", 1, interval, push::push)).toList();
    this.client = client;
  }

  @Override
  public void start() {
    watches.forEach(Watch::start);
  }

  @Override
  public void stop() {
    watches.forEach(Watch::stop);
  }

  @Override
  public boolean isRunning() {
    return watches.stream().anyMatch(Watch::isRunning);
  }

  /** After it has stopped. */
  @Override
  public void close() {
    client.close();
  }
}
