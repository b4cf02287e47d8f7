package io.eventagents.poll;

import io.eventagents.dispatch.OutageBackoff;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.ConsumerStatus;
import io.eventagents.poll.ReadAccess.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that a consumer may not read. The consumer leaves their partitions, reads the others,
 * and asks the broker less and less often whether it may read them: a partition without records
 * cannot tell.
 */
final class Withheld {

  private static final Logger log = LoggerFactory.getLogger(Withheld.class);

  /** If a topic is refused again sooner, it was not really given back. */
  private static final Duration GIVEN_BACK = Duration.ofMinutes(1);

  private final AgentStatus status;
  private final ConsumerStatus own;
  private final ReadAccess access;
  private final Clock clock;
  private final OutageBackoff backoff = new OutageBackoff();
  private @Nullable CompletableFuture<Map<String, Verdict>> asked;
  private long askAt;
  private long emptySince = System.nanoTime() - GIVEN_BACK.toNanos();

  Withheld(AgentStatus status, ConsumerStatus own, ReadAccess access, Clock clock) {
    this.status = status;
    this.own = own;
    this.access = access;
    this.clock = clock;
  }

  /** Adds topics that the broker refuses. */
  void add(Set<String> topics) {
    Set<String> added = new HashSet<>(topics);
    added.removeAll(own.withheldTopics());
    if (added.isEmpty()) {
      return;
    }
    if (isEmpty() && System.nanoTime() - emptySince >= GIVEN_BACK.toNanos()) {
      backoff.over();
    }
    for (String topic : added) {
      own.withhold(topic, clock.instant());
      log.error(
          "{} may not read the topic {} and leaves its partitions; other topics go on. Grant its user READ on the topic:"
              + " it goes on there by itself",
          status.agent().name(),
          topic);
    }
    askLater();
  }

  private void askLater() {
    askAt = System.nanoTime() + backoff.next("permission", null).toNanos();
  }

  boolean isEmpty() {
    return own.withheldTopics().isEmpty();
  }

  /** Those of the partitions that are not to be polled. */
  Set<TopicPartition> of(Set<TopicPartition> partitions) {
    if (isEmpty()) {
      return Set.of();
    }
    Set<TopicPartition> refused = new HashSet<>(partitions);
    refused.removeIf(partition -> !own.withheldTopics().contains(partition.topic()));
    return refused;
  }

  /** Returns the topics that it may read since it last asked; they are no longer withheld. */
  Set<String> givenBack() {
    if (isEmpty()) {
      return Set.of();
    }
    if (asked == null) {
      if (System.nanoTime() - askAt >= 0) {
        asked = access.of(Set.copyOf(own.withheldTopics()));
      }
      return Set.of();
    }
    if (!asked.isDone()) {
      return Set.of();
    }
    Set<String> back = new HashSet<>();
    asked.join().forEach((topic, verdict) -> settle(topic, verdict, back));
    asked = null;
    askLater();
    if (isEmpty()) {
      emptySince = System.nanoTime();
    }
    return back;
  }

  private void settle(String topic, Verdict verdict, Set<String> back) {
    switch (verdict) {
      case READABLE -> {
        own.allow(topic);
        back.add(topic);
        log.info("{} may read the topic {} again and goes on there", status.agent().name(), topic);
      }
      case GONE -> {
        own.allow(topic);
        log.info("The topic {}, which {} might not read, is gone", topic, status.agent().name());
      }
      case REFUSED -> log.debug("{} may still not read {}", status.agent().name(), topic);
    }
  }
}
