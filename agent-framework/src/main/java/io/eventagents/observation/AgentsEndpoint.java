package io.eventagents.observation;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.InputTopics;
import io.eventagents.binding.Intake;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * {@code /actuator/agents}: every agent of this process, what it takes and emits, and how it is
 * doing.
 */
@Endpoint(id = "agents")
public final class AgentsEndpoint {

  private final AgentStatuses statuses;
  private final BindingServiceProperties bindings;
  private final ConsumerLag lag;
  private final Supplier<Map<String, PayloadTypes>> published;

  /**
   * @param published what publishers publish outside events, by publisher
   */
  public AgentsEndpoint(
      AgentStatuses statuses,
      BindingServiceProperties bindings,
      ConsumerLag lag,
      Supplier<Map<String, PayloadTypes>> published) {
    this.statuses = statuses;
    this.bindings = bindings;
    this.lag = lag;
    this.published = published;
  }

  /** All agents and publishers. */
  @ReadOperation
  public Report agents() {
    Map<String, Set<String>> publishers = new TreeMap<>();
    published
        .get()
        .forEach(
            (publisher, types) ->
                publishers
                    .computeIfAbsent(sourceOf(publisher), source -> new TreeSet<>())
                    .addAll(eventTypes(types)));
    return new Report(statuses.all().stream().map(this::view).toList(), publishers);
  }

  /** A publisher is its source and, behind a blank, what it publishes. */
  private static String sourceOf(String publisher) {
    int blank = publisher.lastIndexOf(' ');
    return blank < 0 ? publisher : publisher.substring(0, blank);
  }

  /** One agent; null, and so 404, if there is none of that name. */
  @ReadOperation
  public @Nullable AgentView agent(@Selector String name) {
    return statuses.all().stream()
        .filter(status -> status.agent().name().equals(name))
        .findFirst()
        .map(this::view)
        .orElse(null);
  }

  private AgentView view(AgentStatus status) {
    AgentDefinition agent = status.agent();
    String input = agent.inputBinding();
    String group = bindings.getGroup(input);
    boolean takesEvents = agent.intake() instanceof Intake.Events;
    List<String> topics = InputTopics.of(agent, bindings);
    return new AgentView(
        agent.name(),
        switch (agent.intake()) {
          case Intake.Events events -> eventTypes(events.types());
          case Intake.Records records -> List.of("every record");
        },
        eventTypes(agent.emits()),
        topics,
        agent.outputBindings().stream().map(bindings::getBindingDestination).toList(),
        takesEvents ? agent.deadLetterTopic() : null,
        group,
        agent.effects().name(),
        agent.ordering().name(),
        status.concurrency(),
        RetryView.of(status.retry()),
        StateView.of(status.state()),
        status.unreadable().stream().map(UnreadableView::of).toList(),
        status.withheld(),
        status.openTransactions().stream().map(TransactionView::of).toList(),
        lag.of(group, takesEvents ? topics : List.of()).orElse(null),
        status.counts().sums());
  }

  private static List<String> eventTypes(PayloadTypes types) {
    return types.all().stream().map(PayloadType::eventType).toList();
  }

  /**
   * All agents of the process.
   *
   * @param agents sorted by name
   * @param publishers what is published outside events, by source
   */
  public record Report(List<AgentView> agents, Map<String, Set<String>> publishers) {}

  /**
   * One agent.
   *
   * @param name its name
   * @param takes the event types it takes
   * @param emits those it may emit
   * @param topics what it reads, its replays included
   * @param outputTopics what it writes to
   * @param deadLetterTopic the topic of events that it gave up; null for agents that take records
   * @param group its consumer group
   * @param effects its kind
   * @param ordering whether a key's events wait behind one that failed
   * @param concurrency how many keys it works on side by side
   * @param retry the policy in force
   * @param state what it is doing
   * @param unreadable the records that it cannot read, at which their partitions wait
   * @param mayNotRead topics that it may not read, and since when
   * @param openTransactions transactions that hold its partitions
   * @param lag records up to the ends of its partitions that its group has not committed; null if
   *     the broker does not tell
   * @param counts what became of its records since the start; see {@link AgentCounts}
   */
  public record AgentView(
      String name,
      List<String> takes,
      List<String> emits,
      List<String> topics,
      List<String> outputTopics,
      @Nullable String deadLetterTopic,
      String group,
      String effects,
      String ordering,
      int concurrency,
      RetryView retry,
      StateView state,
      List<UnreadableView> unreadable,
      Map<String, Instant> mayNotRead,
      List<TransactionView> openTransactions,
      @Nullable Long lag,
      Map<String, Long> counts) {}

  /**
   * A record that an agent cannot read.
   *
   * @param position where it lies, as {@code event-agents.skip} names it
   * @param lastOffset the last offset that is left out if it is skipped
   * @param reason why it cannot be read
   * @param since since when its partition waits
   */
  public record UnreadableView(String position, long lastOffset, String reason, Instant since) {

    private static UnreadableView of(UnreadableRecord record) {
      return new UnreadableView(
          record.position(), record.lastOffset(), record.reason(), record.since());
    }
  }

  /**
   * A transaction that holds a partition of an agent.
   *
   * @param position where it begins
   * @param since since when it was seen
   * @param producer whose it is, if the broker tells
   */
  public record TransactionView(String position, Instant since, @Nullable String producer) {

    private static TransactionView of(OpenTransaction open) {
      return new TransactionView(open.position(), open.since(), open.producer());
    }
  }

  /** A retry policy; see {@link RetryPolicy}. */
  public record RetryView(
      int attempts,
      Duration initialDelay,
      double multiplier,
      Duration maxDelay,
      double jitter,
      Duration longestInAll) {

    private static RetryView of(RetryPolicy policy) {
      return new RetryView(
          policy.attempts(),
          policy.initialDelay(),
          policy.multiplier(),
          policy.maxDelay(),
          policy.jitter(),
          policy.budget());
    }
  }

  /**
   * What an agent is doing.
   *
   * @param name {@code connecting}, {@code running}, {@code waiting}, {@code stopped} or {@code
   *     silent}
   * @param waitsFor what it waits for
   * @param since since when it waits, is stopped or has not polled
   * @param nextAttempt when it tries again
   * @param reason why it is stopped
   */
  public record StateView(
      String name,
      @Nullable String waitsFor,
      @Nullable Instant since,
      @Nullable Instant nextAttempt,
      @Nullable String reason) {

    private static StateView of(AgentState state) {
      return switch (state) {
        case AgentState.Connecting connecting ->
            new StateView("connecting", null, null, null, null);
        case AgentState.Running running -> new StateView("running", null, null, null, null);
        case AgentState.Waiting waiting ->
            new StateView(
                "waiting", waiting.dependency(), waiting.since(), waiting.nextAttempt(), null);
        case AgentState.Stopped stopped ->
            new StateView(
                "stopped", null, stopped.since(), stopped.nextAttempt(), stopped.reason());
        case AgentState.Silent silent -> new StateView("silent", null, silent.since(), null, null);
      };
    }
  }
}
