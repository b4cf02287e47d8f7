package io.eventagents.observation;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.ChainLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One agent as an operator sees it. Thread-safe. */
public final class AgentStatus {

  private final AgentDefinition agent;
  private final RetryPolicy retry;
  private final int concurrency;
  private final ChainLimits limits;
  private final AgentCounts counts = new AgentCounts();
  private final Map<TopicPartition, UnreadableRecord> unreadable = new ConcurrentHashMap<>();
  private final List<ConsumerStatus> consumers = new CopyOnWriteArrayList<>();
  private volatile AgentState state = new AgentState.Connecting();
  private volatile @Nullable AgentState notReading;
  private volatile @Nullable Throwable endedBy;
  private volatile OptionalLong lag = OptionalLong.empty();
  private volatile List<OpenTransaction> openTransactions = List.of();

  /**
   * @param retry the policy in force
   * @param concurrency how many keys are worked on side by side
   */
  public AgentStatus(AgentDefinition agent, RetryPolicy retry, int concurrency) {
    this(agent, retry, concurrency, ChainLimits.DEFAULT);
  }

  /**
   * @param retry the policy in force
   * @param concurrency how many keys are worked on side by side
   * @param limits how far chains may go
   */
  public AgentStatus(
      AgentDefinition agent, RetryPolicy retry, int concurrency, ChainLimits limits) {
    this.agent = agent;
    this.retry = retry;
    this.concurrency = concurrency;
    this.limits = limits;
  }

  /** The agent as it is declared. */
  public AgentDefinition agent() {
    return agent;
  }

  /** The retry policy in force. */
  public RetryPolicy retry() {
    return retry;
  }

  /** How many keys are worked on side by side. */
  public int concurrency() {
    return concurrency;
  }

  /** How far chains may go before it stops them. */
  public ChainLimits limits() {
    return limits;
  }

  /** What became of its records. */
  public AgentCounts counts() {
    return counts;
  }

  /**
   * What the agent is doing. If nothing is read, that comes before what became of the last batch.
   */
  public AgentState state() {
    AgentState stopped = notReading;
    if (stopped != null) {
      return stopped;
    }
    for (ConsumerStatus consumer : consumers) {
      AgentState.Waiting failing = consumer.failing();
      if (failing != null) {
        return failing;
      }
    }
    return state;
  }

  /** Adds a consumer that was made for it and is not closed yet. */
  public ConsumerStatus opened(Duration pollInterval, boolean readsCommitted) {
    ConsumerStatus consumer = new ConsumerStatus(pollInterval, readsCommitted);
    consumers.add(consumer);
    return consumer;
  }

  /** Removes a consumer that was closed or never will be. */
  public void closed(ConsumerStatus consumer) {
    Throwable failure = consumer.failure();
    if (failure != null) {
      endedBy = failure;
    }
    consumers.remove(consumer);
  }

  /** Its consumers that are open. */
  public List<ConsumerStatus> consumers() {
    return List.copyOf(consumers);
  }

  /** Why its consumers ended, as far as they know; null if they do not. */
  public @Nullable Throwable endedBy() {
    return endedBy;
  }

  /** The agent reads nothing, whatever became of its last batch. */
  public void notReading(AgentState stopped) {
    notReading = stopped;
  }

  /** What {@link #notReading} was told; null if the agent reads. */
  public @Nullable AgentState told() {
    return notReading;
  }

  /** The agent reads again. */
  public void reading() {
    notReading = null;
  }

  /** Its consumers are made anew: they have no partitions yet. */
  public void connecting() {
    endedBy = null;
    state = new AgentState.Connecting();
  }

  /** The topics that it may not read, and since when. */
  public Map<String, Instant> withheld() {
    Map<String, Instant> topics = new TreeMap<>();
    consumers.forEach(
        consumer ->
            consumer
                .withheld()
                .forEach(
                    (topic, since) ->
                        topics.merge(
                            topic, since, (one, other) -> one.isBefore(other) ? one : other)));
    return topics;
  }

  /** Records up to the ends of its partitions that its group has not committed, when last asked. */
  public OptionalLong lag() {
    return lag;
  }

  /** Sets what the broker says of its lag; empty if it does not answer. */
  public void lag(OptionalLong records) {
    lag = records;
  }

  /** Transactions that hold its partitions. */
  public List<OpenTransaction> openTransactions() {
    return openTransactions;
  }

  /** Transactions that hold its partitions. */
  public void openTransactions(List<OpenTransaction> open) {
    openTransactions = List.copyOf(open);
  }

  /** It has partitions, or finished a batch. */
  public void running() {
    state = new AgentState.Running();
  }

  /** It has partitions again. If it waits for something, it goes on waiting. */
  public void connected() {
    if (state instanceof AgentState.Connecting) {
      running();
    }
  }

  /** One of its partitions waits at this record. */
  public void cannotRead(UnreadableRecord record) {
    unreadable.put(record.partition(), record);
  }

  /** The partition goes on, or another instance has it. */
  public void canRead(TopicPartition partition) {
    unreadable.remove(partition);
  }

  /** The records at which its partitions wait, at most one each. */
  public List<UnreadableRecord> unreadable() {
    return unreadable.values().stream()
        .sorted(Comparator.comparing(UnreadableRecord::position))
        .toList();
  }

  /** It waits for something. If it already waited for the same, it has waited since then. */
  public void waiting(String dependency, Instant now, Instant nextAttempt) {
    Instant since =
        state instanceof AgentState.Waiting waiting && waiting.dependency().equals(dependency)
            ? waiting.since()
            : now;
    state = new AgentState.Waiting(dependency, since, nextAttempt);
  }
}
