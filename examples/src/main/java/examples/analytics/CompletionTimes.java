package examples.analytics;

import io.eventagents.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Measures completed tasks. The meters start at nothing with each start, as Prometheus expects of
 * its targets; each event is measured once, by the instance that has its partition.
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
      // Of before the field was there, or by a clock that was wrong.
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

  /** What other programs publish may have any. */
  private static String priority(TaskCompleted task) {
    return task.priority() >= 1 && task.priority() <= HIGHEST_PRIORITY
        ? Integer.toString(task.priority())
        : "other";
  }
}
