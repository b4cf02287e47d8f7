package io.eventagents.observation;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.ChainLimits;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** One agent as an operator sees it. Thread-safe. */
public final class AgentStatus {

  private final AgentDefinition agent;
  private final RetryPolicy retry;
  private final int concurrency;
  private final ChainLimits limits;
  private final AgentCounts counts = new AgentCounts();
  private final Map<TopicPartition, UnreadableRecord> unreadable = new ConcurrentHashMap<>();
  private volatile AgentState state = new AgentState.Connecting();

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

  /** What it is doing. */
  public AgentState state() {
    return state;
  }

  /** It has partitions, or finished a batch. */
  public void running() {
    state = new AgentState.Running();
  }

  /** It has partitions again; where it waits for something it goes on waiting. */
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

  /** The records at which its partitions wait, one at most for each. */
  public List<UnreadableRecord> unreadable() {
    return unreadable.values().stream()
        .sorted(Comparator.comparing(UnreadableRecord::position))
        .toList();
  }

  /** It waits for something; since when is kept where it waited for the same already. */
  public void waiting(String dependency, Instant now, Instant nextAttempt) {
    Instant since =
        state instanceof AgentState.Waiting waiting && waiting.dependency().equals(dependency)
            ? waiting.since()
            : now;
    state = new AgentState.Waiting(dependency, since, nextAttempt);
  }
}
