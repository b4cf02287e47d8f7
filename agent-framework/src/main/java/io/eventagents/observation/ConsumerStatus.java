package io.eventagents.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One consumer of an agent, as it reports itself. There are several if a binding's concurrency says
 * so. Thread-safe.
 */
public final class ConsumerStatus {

  private final Duration pollInterval;
  private final boolean readsCommitted;
  private final Map<String, Instant> withheld = new ConcurrentHashMap<>();
  private volatile long polledAt;
  private volatile boolean polled;
  private volatile @Nullable Thread thread;
  private volatile AgentState.@Nullable Waiting failing;
  private volatile @Nullable Throwable failure;

  /**
   * @param pollInterval how long the broker waits for its next poll
   * @param readsCommitted whether it waits for the end of transactions
   */
  ConsumerStatus(Duration pollInterval, boolean readsCommitted) {
    this.pollInterval = pollInterval;
    this.readsCommitted = readsCommitted;
  }

  /** Its thread begins a poll. */
  public void polls() {
    polledAt = System.nanoTime();
    Thread current = Thread.currentThread();
    if (thread != current) {
      thread = current;
    }
  }

  /** A poll succeeded. Returns whether one failed before. */
  public boolean polled() {
    polled = true;
    failure = null;
    if (failing == null) {
      return false;
    }
    failing = null;
    return true;
  }

  /** Whether one of its polls has ended, with or without success. */
  public boolean hasPolled() {
    return polled;
  }

  /**
   * A poll failed, and is tried again.
   *
   * @return whether it failed for another reason before, or not at all
   */
  public boolean fails(String dependency, Instant now, Instant nextAttempt) {
    polled = true;
    AgentState.Waiting before = failing;
    boolean again = before != null && before.dependency().equals(dependency);
    failing =
        new AgentState.Waiting(
            dependency, before != null && again ? before.since() : now, nextAttempt);
    return !again;
  }

  /** What it waits for because its polls fail; null if they do not. */
  AgentState.@Nullable Waiting failing() {
    return failing;
  }

  /** One of its calls failed: if it ends now, this is why. */
  public void failed(Throwable thrown) {
    failure = thrown;
  }

  /** Why its last call failed; null if it did not. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** It may not read this topic, whose partitions it leaves until it may. */
  public void withhold(String topic, Instant now) {
    withheld.putIfAbsent(topic, now);
  }

  /** It may read this topic, or the topic is gone. */
  public void allow(String topic) {
    withheld.remove(topic);
  }

  /** The topics that it may not read, and since when. */
  public Map<String, Instant> withheld() {
    return Map.copyOf(withheld);
  }

  /** The same, without a copy. */
  public Set<String> withheldTopics() {
    return withheld.keySet();
  }

  /** How long ago it began its last poll; zero if it never did. */
  public Duration sinceLastPoll() {
    return thread == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - polledAt);
  }

  /** How long the broker waits for its next poll. */
  public Duration pollInterval() {
    return pollInterval;
  }

  /** Whether it waits for the end of transactions. */
  boolean readsCommitted() {
    return readsCommitted;
  }

  /** Whether the thread that polls it has ended, and left it open. */
  public boolean isAbandoned() {
    Thread polling = thread;
    return polling != null && !polling.isAlive();
  }
}
