package io.eventagents.notification.deferral;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.eventagents.background.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Rings the timers of messages when their time has come, while the application runs, and deletes
 * what is no longer needed. Several instances share the work.
 *
 * <p>If a ring fails, it is repeated after a growing delay. If its process dies or its database
 * goes away meanwhile, another instance takes it over within half a minute.
 */
final class DeferralWatch implements SmartLifecycle {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
  private static final Duration FORGETTING = Duration.ofHours(1);
  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(256));

  private final DeferralAlarm alarm;
  private final SchedulerBuilder schedulers;
  private @Nullable Scheduler scheduler;

  DeferralWatch(
      DataSource dataSource,
      DeferralAlarm alarm,
      Runnable forget,
      Duration pollInterval,
      int threads,
      Clock clock) {
    this.alarm = alarm;
    this.schedulers =
        new SteadyBuilder(dataSource, List.of(task()))
            .startTasks(
                Tasks.recurring("forget", FixedDelay.of(FORGETTING))
                    .execute((instance, context) -> forget.run()))
            .tableName(DeferralTimers.TABLE)
            .jdbcCustomization(DeferralTimers.POSTGRESQL)
            .schedulerName(new SchedulerName.Fixed("notification-" + UUID.randomUUID()))
            .clock(clock::instant)
            .pollingInterval(pollInterval)
            .pollUsingLockAndFetch(1, 4)
            .threads(threads)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(LONGEST_STOP);
  }

  @Override
  public synchronized void start() {
    if (scheduler == null) {
      Scheduler starting = schedulers.build();
      starting.start();
      scheduler = starting;
    }
  }

  @Override
  public synchronized void stop() {
    if (scheduler != null) {
      scheduler.stop();
      scheduler = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  private Task<Void> task() {
    return Tasks.custom(DeferralTimers.MESSAGE)
        .onFailure(DeferralWatch::tryAgain)
        .onDeadExecution(
            (completion, operations) -> operations.reschedule(completion, completion.getTimeDone()))
        .execute((timer, context) -> ring(timer));
  }

  private CompletionHandler<Void> ring(TaskInstance<Void> timer) {
    return alarm
        .ring(timer.getId())
        .<CompletionHandler<Void>>map(
            again -> (completion, operations) -> operations.reschedule(completion, again))
        .orElseGet(CompletionHandler.OnCompleteRemove::new);
  }

  /**
   * Checks the timers at steady intervals. By default the scheduler measures the intervals with the
   * clock that says what is due. If that clock is set back by an hour, the scheduler is silent for
   * an hour.
   */
  private static final class SteadyBuilder extends SchedulerBuilder {

    SteadyBuilder(DataSource dataSource, List<Task<?>> tasks) {
      super(dataSource, tasks);
    }

    @Override
    protected Waiter buildWaiter() {
      return new Waiter(poolingInterval, () -> Instant.EPOCH.plusNanos(System.nanoTime()));
    }
  }

  /** After 1 s, 2 s, 4 s and so on, up to about four minutes. */
  private static void tryAgain(ExecutionComplete completion, ExecutionOperations<Void> operations) {
    Duration delay = DELAYS.after(completion.getExecution().consecutiveFailures + 1);
    operations.reschedule(completion, completion.getTimeDone().plus(delay));
  }
}
