package io.eventagents.observation;

import io.eventagents.binding.InputTopics;
import io.eventagents.binding.Intake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Asks the broker from time to time how far each agent is behind, and which transactions hold its
 * partitions. Meters and health report what it last found, however often they are asked.
 */
public final class LagWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

  /** As long as a producer's transaction may take by default, before the broker ends it. */
  private static final Duration OVERDUE = Duration.ofMinutes(1);

  private final AgentStatuses statuses;
  private final BindingServiceProperties bindings;
  private final ConsumerLag lag;
  private final TaskScheduler scheduler;
  private final Clock clock;
  private volatile @Nullable ScheduledFuture<?> looking;

  /**
   * @param lag asks the broker
   */
  public LagWatch(
      AgentStatuses statuses,
      BindingServiceProperties bindings,
      ConsumerLag lag,
      TaskScheduler scheduler,
      Clock clock) {
    this.statuses = statuses;
    this.bindings = bindings;
    this.lag = lag;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public void start() {
    if (looking == null && !statuses.all().isEmpty() && lag.hasBroker()) {
      looking =
          scheduler.scheduleWithFixedDelay(
              this::look, scheduler.getClock().instant().plus(FIRST_LOOK), BETWEEN_LOOKS);
    }
  }

  /** Asks once for each agent. */
  void look() {
    for (AgentStatus status : statuses) {
      try {
        look(status);
      } catch (RuntimeException e) {
        log.warn("The lag of {} cannot be told: {}", status.agent().name(), e.toString());
        status.lag(OptionalLong.empty());
      }
    }
  }

  private void look(AgentStatus status) {
    String input = status.agent().inputBinding();
    List<String> topics =
        status.agent().intake() instanceof Intake.Events
            ? InputTopics.of(status.agent(), bindings)
            : List.of();
    boolean waits = status.consumers().stream().anyMatch(ConsumerStatus::readsCommitted);
    ConsumerLag.Behind behind = lag.look(bindings.getGroup(input), topics, waits).orElse(null);
    if (behind == null) {
      // Transactions that were open are not reported as over.
      status.lag(OptionalLong.empty());
      return;
    }
    status.lag(OptionalLong.of(behind.records()));
    List<OpenTransaction> open = new ArrayList<>();
    behind.open().forEach((partition, offset) -> open.add(seen(status, partition, offset)));
    tellOfThoseOver(status, behind.open());
    status.openTransactions(open);
  }

  private OpenTransaction seen(AgentStatus status, TopicPartition partition, long offset) {
    Instant now = clock.instant();
    OpenTransaction known =
        status.openTransactions().stream()
            .filter(one -> one.isSameAs(partition, offset))
            .findFirst()
            .orElse(null);
    if (known == null) {
      return new OpenTransaction(partition, offset, now, false, null);
    }
    boolean overdue = !known.since().plus(OVERDUE).isAfter(now);
    // The producer is not asked for at first sight: most transactions are over soon.
    String producer =
        known.producer() == null ? lag.producerAt(partition, offset) : known.producer();
    if (overdue && !known.overdue()) {
      log.error(
          "{} gets nothing of {} from offset {} on: a transaction ({}) has been open there since {} or longer. If its"
              + " producer does not end it: kafka-transactions.sh abort --topic {} --partition {} --start-offset {}",
          status.agent().name(),
          partition,
          offset,
          producer == null ? "whose, the broker does not tell" : producer,
          known.since(),
          partition.topic(),
          partition.partition(),
          offset);
    }
    return new OpenTransaction(partition, offset, known.since(), overdue, producer);
  }

  private static void tellOfThoseOver(AgentStatus status, Map<TopicPartition, Long> open) {
    for (OpenTransaction one : status.openTransactions()) {
      if (one.overdue() && !Long.valueOf(one.offset()).equals(open.get(one.partition()))) {
        log.info(
            "{} goes on at {}: the transaction there is over",
            status.agent().name(),
            one.position());
      }
    }
  }

  @Override
  public void stop() {
    ScheduledFuture<?> scheduled = looking;
    if (scheduled != null) {
      scheduled.cancel(false);
      looking = null;
    }
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }
}
