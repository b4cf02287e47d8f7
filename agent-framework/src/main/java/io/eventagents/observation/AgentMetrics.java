package io.eventagents.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is known about agents, as meters. Among them are {@code event.agents.events} by agent and
 * outcome, {@code event.agents.emitted}, {@code event.agents.waiting} (1 while an agent waits for
 * something) and {@code event.agents.unreadable} (the partitions that wait at a record that cannot
 * be read). No meter asks the broker: {@link LagWatch} does.
 */
public final class AgentMetrics implements MeterBinder {

  private final AgentStatuses statuses;

  private final Clock clock;

  /**
   * @param statuses the agents, complete when meters are bound
   */
  public AgentMetrics(AgentStatuses statuses, Clock clock) {
    this.statuses = statuses;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (AgentStatus status : statuses) {
      String agent = status.agent().name();
      AgentCounts counts = status.counts();
      outcome(registry, agent, "handled", counts.handled);
      outcome(registry, agent, "skipped", counts.skipped);
      outcome(registry, agent, "unreadable", counts.unreadable);
      outcome(registry, agent, "repeated", counts.repeated);
      outcome(registry, agent, "expired", counts.expired);
      outcome(registry, agent, "dead_lettered", counts.deadLettered);
      outcome(registry, agent, "held", counts.held);
      outcome(registry, agent, "passed_over", counts.passedOver);
      Gauge.builder("event.agents.unreadable", status, one -> one.unreadable().size())
          .tag("agent", agent)
          .description("Partitions that wait at a record that cannot be read")
          .register(registry);
      FunctionCounter.builder("event.agents.retries", counts.retried, LongAdder::sum)
          .tag("agent", agent)
          .description("Failed attempts that were followed by another")
          .register(registry);
      FunctionCounter.builder("event.agents.emitted", counts.emitted, LongAdder::sum)
          .tag("agent", agent)
          .description("Events that the agent emitted")
          .register(registry);
      FunctionCounter.builder("event.agents.stopped", counts.stopped, LongAdder::sum)
          .tag("agent", agent)
          .description("Events given up since their chain had gone too far")
          .register(registry);
      FunctionCounter.builder(
              "event.agents.unreadable.times", counts.unreadableTimes, LongAdder::sum)
          .tag("agent", agent)
          .description("Events whose occurred_at cannot be read: the record's timestamp stands in")
          .register(registry);
      Gauge.builder(
              "event.agents.waiting",
              status,
              one -> one.state() instanceof AgentState.Running ? 0 : 1)
          .tag("agent", agent)
          .description(
              "1 while the agent is stopped or waits for the broker or for what it depends on")
          .register(registry);
      bindConsumers(registry, agent, status);
    }
  }

  private void bindConsumers(MeterRegistry registry, String agent, AgentStatus status) {
    Gauge.builder(
            "event.agents.reading",
            status,
            one -> one.told() == null && !one.consumers().isEmpty() ? 1 : 0)
        .tag("agent", agent)
        .description("1 while the agent's consumer polls; 0 where it ended or was stopped")
        .register(registry);
    FunctionCounter.builder("event.agents.consumer.ended", status.counts().ended, LongAdder::sum)
        .tag("agent", agent)
        .description("How often the agent's consumer ended and had to be started again")
        .register(registry);
    TimeGauge.builder("event.agents.poll.age", status, TimeUnit.SECONDS, AgentMetrics::pollAge)
        .tag("agent", agent)
        .description("Time since the agent's consumer polled last")
        .register(registry);
    Gauge.builder("event.agents.withheld", status, one -> one.withheld().size())
        .tag("agent", agent)
        .description("Topics that the agent may not read")
        .register(registry);
    Gauge.builder(
            "event.agents.lag",
            status,
            one -> one.lag().isPresent() ? one.lag().getAsLong() : Double.NaN)
        .tag("agent", agent)
        .description(
            "Records up to the ends of its partitions that the agent's group has not committed")
        .register(registry);
    TimeGauge.builder(
            "event.agents.transaction.wait", status, TimeUnit.SECONDS, this::transactionWait)
        .tag("agent", agent)
        .description("How long the oldest open transaction has held a partition of the agent")
        .register(registry);
  }

  private static double pollAge(AgentStatus status) {
    return status.consumers().stream()
        .map(ConsumerStatus::sinceLastPoll)
        .max(Comparator.naturalOrder())
        .map(age -> age.toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  private double transactionWait(AgentStatus status) {
    return status.openTransactions().stream()
        .map(OpenTransaction::since)
        .min(Comparator.naturalOrder())
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
  }

  private static void outcome(
      MeterRegistry registry, String agent, String outcome, LongAdder count) {
    FunctionCounter.builder("event.agents.events", count, LongAdder::sum)
        .tag("agent", agent)
        .tag("outcome", outcome)
        .description("What became of the records that the agent received")
        .register(registry);
  }
}
