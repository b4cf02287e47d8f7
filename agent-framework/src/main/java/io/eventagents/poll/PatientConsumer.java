package io.eventagents.poll;

import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.ConsumerStatus;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that survives a broker that refuses it. It reports topics that it may not read and
 * leaves them alone until it may; the others go on. If the broker refuses it altogether, it rests
 * and tries again, and stays in its group; what it could not commit it commits before it polls
 * again. Any other failure ends its container, which is then started again.
 *
 * <p>It reports in the agent's status when it polled, why its polls fail and when it is closed.
 */
final class PatientConsumer extends ConsumerProxy {

  private static final Logger log = LoggerFactory.getLogger(PatientConsumer.class);
  private static final Duration CONTAINER_TRIES_AGAIN_AFTER = Duration.ofSeconds(1);

  private final AgentStatus status;
  private final ConsumerStatus own;
  private final Clock clock;
  private final Withheld withheld;
  private final RefusalBackoff refusal = new RefusalBackoff();
  private final PollPause rest = new PollPause();

  /** Offsets that the container committed and the broker refused. */
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  /** How many polls in a row were refused topics. */
  private int refusedTopics;

  /** Why the assigned partitions could not be taken over. */
  private @Nullable Throwable notTakenOver;

  /**
   * @param own its own status, in which it reports
   */
  PatientConsumer(
      Consumer<byte[], byte[]> consumer,
      ReadAccess access,
      AgentStatus status,
      ConsumerStatus own,
      Clock clock) {
    super(consumer);
    this.status = status;
    this.own = own;
    this.clock = clock;
    this.withheld = new Withheld(status, own, access, clock);
  }

  @Override
  @SuppressWarnings("unchecked")
  @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "wakeup" -> {
        if (rest.wakeup()) {
          return null;
        }
      }
      case "subscribe" -> listenTo(arguments);
      case "commitSync" -> {
        if (arguments != null
            && arguments.length > 0
            && arguments[0] instanceof Map<?, ?> offsets) {
          commit(method, arguments, (Map<TopicPartition, OffsetAndMetadata>) offsets);
          return null;
        }
      }
      case "close" -> {
        try {
          return tried(method, arguments);
        } finally {
          status.closed(own);
        }
      }
      default -> {}
    }
    return tried(method, arguments);
  }

  private @Nullable Object tried(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return pass(method, arguments);
    } catch (WakeupException e) {
      throw e;
    } catch (Throwable e) {
      own.failed(e);
      throw e;
    }
  }

  /**
   * Refused offsets are committed later, before anything else is polled: their records were
   * handled.
   */
  private void commit(
      Method method, Object @Nullable [] arguments, Map<TopicPartition, OffsetAndMetadata> offsets)
      throws Throwable {
    try {
      tried(method, arguments);
      uncommitted.keySet().removeAll(offsets.keySet());
    } catch (TopicAuthorizationException e) {
      uncommitted.putAll(offsets);
      uncommitted
          .keySet()
          .removeIf(
              partition ->
                  offsets.containsKey(partition)
                      && !e.unauthorizedTopics().contains(partition.topic()));
      withhold(e);
    } catch (AuthenticationException | AuthorizationException e) {
      uncommitted.putAll(offsets);
      refused(e);
    }
  }

  private void commitWhatWaits() {
    uncommitted.keySet().retainAll(consumer.assignment());
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>(uncommitted);
    due.keySet().removeAll(withheld.of(due.keySet()));
    if (due.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(due);
      uncommitted.keySet().removeAll(due.keySet());
    } catch (CommitFailedException e) {
      // Others have its partitions and handle these records again.
      log.debug("{} had lost its partitions", status.agent().name(), e);
      uncommitted.clear();
    } catch (RetriableException e) {
      // Only a poll takes the consumer through a rebalance.
      log.debug("{} commits after its next poll", status.agent().name(), e);
    }
  }

  /** Learns whether assigned partitions can be taken over. */
  private void listenTo(Object @Nullable [] arguments) {
    if (arguments != null
        && arguments.length == 2
        && arguments[1] instanceof ConsumerRebalanceListener told) {
      arguments[1] = new Assignments(told);
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {

    private final ConsumerRebalanceListener told;

    Assignments(ConsumerRebalanceListener told) {
      this.told = told;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      try {
        told.onPartitionsAssigned(partitions);
      } catch (RuntimeException | Error e) {
        notTakenOver = e;
        throw e;
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      told.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      told.onPartitionsLost(partitions);
    }
  }

  @Override
  Set<TopicPartition> left(Set<TopicPartition> partitions) {
    return withheld.of(partitions);
  }

  @Override
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    own.polls();
    if (!rest.isOver()) {
      rest.take(timeout);
      if (!rest.isOver()) {
        return ConsumerRecords.empty();
      }
    }
    try {
      withheld.givenBack().forEach(this::resume);
      if (!uncommitted.isEmpty()) {
        commitWhatWaits();
      }
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
      checkTakenOver();
      refusedTopics = 0;
      if (own.polled() && refusal.isOver()) {
        log.info("{} goes on: Kafka accepts it again", status.agent().name());
      }
      return polled;
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (TopicAuthorizationException e) {
      // Each topic may have been fetched before, and reports the refusal once more.
      if (++refusedTopics > withhold(e) + 1) {
        refused(e);
      }
      return ConsumerRecords.empty();
    } catch (AuthenticationException | AuthorizationException e) {
      refused(e);
      return ConsumerRecords.empty();
    } catch (RuntimeException | Error e) {
      tell(e);
      checkTakenOver();
      throw e;
    }
  }

  /** Stops reading the partitions of the topics; returns how many are not read in all. */
  private int withhold(TopicAuthorizationException e) {
    withheld.add(e.unauthorizedTopics());
    Set<TopicPartition> left = withheld.of(consumer.assignment());
    consumer.pause(left);
    return left.size();
  }

  /** The consumer stays in its group; a container that ends leaves it. */
  private void refused(KafkaException e) {
    Duration delay = refusal.next(System.nanoTime());
    rest.begin(delay);
    own.failed(e);
    Instant now = clock.instant();
    if (own.fails(inWords(e), now, now.plus(delay))) {
      log.warn(
          "{} pauses: Kafka refuses it; it tries again in {} ms and then until it may: {}",
          status.agent().name(),
          delay.toMillis(),
          e.getMessage());
      log.debug("Refused", e);
    }
  }

  /** The container is told, and tries again or ends. */
  private void tell(Throwable e) {
    own.failed(e);
    Instant now = clock.instant();
    own.fails(inWords(e), now, now.plus(CONTAINER_TRIES_AGAIN_AFTER));
  }

  private static String inWords(Throwable e) {
    return "Kafka (" + e.getMessage() + ")";
  }

  private void checkTakenOver() {
    if (notTakenOver != null) {
      AssignmentFailed ending = new AssignmentFailed(notTakenOver);
      tell(ending);
      throw ending;
    }
  }

  private void resume(String topic) {
    paused.retainAll(consumer.paused());
    Set<TopicPartition> resumed = new HashSet<>(consumer.assignment());
    resumed.removeIf(partition -> !partition.topic().equals(topic) || paused.contains(partition));
    consumer.resume(resumed);
  }
}
