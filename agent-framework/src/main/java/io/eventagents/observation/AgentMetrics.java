package io.eventagents.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of agents as meters: {@code event.agents.events} by agent and outcome, {@code
 * event.agents.emitted}, {@code event.agents.waiting}, 1 while an agent waits for something, and
 * {@code event.agents.unreadable}, its partitions that wait at a record that cannot be read.
 */
public final class AgentMetrics implements MeterBinder {

  private final AgentStatuses statuses;

  /**
   * @param statuses the agents, complete when meters are bound
   */
  public AgentMetrics(AgentStatuses statuses) {
    this.statuses = statuses;
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
          .description("1 while the agent waits for the broker or for what it depends on")
          .register(registry);
    }
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
