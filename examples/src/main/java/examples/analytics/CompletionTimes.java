package examples.analytics;

import io.eventagents.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Measures completed tasks. The meters are empty after each start, as Prometheus expects; the
 * instance that has the partition of an event measures it once.
 */
final class CompletionTimes implements Consumer<Event<TaskCompleted>> {

  static final String TIMER = "task.completion";
  static final String UNMEASURED = "task.completion.unmeasured";

  private static final int HIGHEST_PRIORITY = 5;

  private final MeterRegistry meters;
  private final KnownOwners owners;

  CompletionTimes(MeterRegistry meters, KnownOwners owners) {
    this.meters = meters;
    this.owners = owners;
  }

  @Override
  public void accept(Event<TaskCompleted> event) {
    TaskCompleted task = event.data();
    Instant createdAt = task.createdAt();
    if (createdAt == null || createdAt.isAfter(event.occurredAt())) {
      // The event is older than the field, or a clock was wrong.
      meters.counter(UNMEASURED).increment();
      return;
    }
    Timer.builder(TIMER)
        .description("From the creation of a task to its completion")
        .tag("owner", owners.nameOf(task.ownerId()))
        .tag("priority", priority(task))
        .serviceLevelObjectives(
            Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(7))
        .register(meters)
        .record(Duration.between(createdAt, event.occurredAt()));
  }

  /** Other programs may publish any priority. */
  private static String priority(TaskCompleted task) {
    return task.priority() >= 1 && task.priority() <= HIGHEST_PRIORITY
        ? Integer.toString(task.priority())
        : "other";
  }
}
