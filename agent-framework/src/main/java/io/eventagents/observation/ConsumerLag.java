package io.eventagents.observation;

import io.eventagents.topic.BrokerAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far consumer groups are behind the ends of their partitions, according to the broker: over
 * all instances, with partitions that nobody reads now and records that an open transaction holds
 * back. (The meters of Kafka's consumers stop at what they may read, and do not know such lag.)
 */
public final class ConsumerLag {

  /**
   * What a group has yet to read.
   *
   * @param records that it has not committed, to the ends of its partitions
   * @param open the partitions with an open transaction, and the first offset of it
   */
  record Behind(long records, Map<TopicPartition, Long> open) {}

  private static final Logger log = LoggerFactory.getLogger(ConsumerLag.class);

  private static final long PATIENCE_SECONDS = 3;

  private static final Duration SILENT_FOR = Duration.ofSeconds(2);

  private final BrokerAdmin broker;
  private volatile long silentUntil = System.nanoTime();

  /**
   * @param broker asked for committed and last offsets
   */
  public ConsumerLag(BrokerAdmin broker) {
    this.broker = broker;
  }

  /** Whether there is a broker to ask. */
  boolean hasBroker() {
    return broker.client().isPresent();
  }

  /**
   * Records that the group has not committed yet.
   *
   * @param topics the topics that the group reads, for partitions of which it has committed nothing
   *     yet; empty if they are given by a pattern
   * @return empty if the broker does not tell in time
   */
  public Optional<Long> of(String group, Collection<String> topics) {
    return look(group, topics, false).map(Behind::records);
  }

  /**
   * The same, with the transactions that hold it up.
   *
   * @param transactions whether to look for them
   */
  Optional<Behind> look(String group, Collection<String> topics, boolean transactions) {
    Admin admin = broker.client().orElse(null);
    if (admin == null || System.nanoTime() - silentUntil < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(behind(admin, group, topics, transactions));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        // Only this group is refused: the lag of the next agent may be told.
        log.debug("The lag of {} is not told", group, e);
      } else {
        beSilent();
      }
      return Optional.empty();
    } catch (TimeoutException e) {
      beSilent();
      return Optional.empty();
    }
  }

  /**
   * The broker is away. The agent's state says so; a number would be a guess. The next agents of
   * the same look need not wait for the broker too.
   */
  private void beSilent() {
    silentUntil = System.nanoTime() + SILENT_FOR.toNanos();
  }

  private static Behind behind(
      Admin admin, String group, Collection<String> topics, boolean transactions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, position) -> positions.put(partition, position.offset()));
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    told(admin.describeTopics(topics).topicNameValues())
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            asked.put(
                                new TopicPartition(name, partition.partition()),
                                OffsetSpec.earliest())));
    asked.keySet().removeAll(positions.keySet());
    offsets(admin, asked, IsolationLevel.READ_UNCOMMITTED)
        .forEach((partition, first) -> positions.put(partition, first.offset()));
    asked.clear();
    positions.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    // The last stable offset is asked for first, so that the end never lies before it.
    Map<TopicPartition, ListOffsetsResultInfo> stable =
        transactions ? offsets(admin, asked, IsolationLevel.READ_COMMITTED) : Map.of();
    Map<TopicPartition, Long> open = new HashMap<>();
    long lag = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        offsets(admin, asked, IsolationLevel.READ_UNCOMMITTED).entrySet()) {
      TopicPartition partition = end.getKey();
      lag += Math.max(0, end.getValue().offset() - positions.getOrDefault(partition, 0L));
      ListOffsetsResultInfo readable = stable.get(partition);
      if (readable != null && readable.offset() < end.getValue().offset()) {
        open.put(partition, readable.offset());
      }
    }
    return new Behind(lag, open);
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, Map<TopicPartition, OffsetSpec> asked, IsolationLevel isolation)
      throws InterruptedException, ExecutionException, TimeoutException {
    ListOffsetsResult listed = admin.listOffsets(asked, new ListOffsetsOptions(isolation));
    Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> each = new HashMap<>();
    asked.keySet().forEach(partition -> each.put(partition, listed.partitionResult(partition)));
    return told(each);
  }

  /** What the broker answers, without what this user may not see. */
  private static <K, V> Map<K, V> told(Map<K, KafkaFuture<V>> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<K, V> told = new HashMap<>();
    for (Map.Entry<K, KafkaFuture<V>> one : asked.entrySet()) {
      try {
        told.put(one.getKey(), one.getValue().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
          throw e;
        }
        log.debug("{} is not told", one.getKey(), e);
      }
    }
    return told;
  }

  /**
   * The owner of the transaction that begins at this offset, in the words of Kafka's tools; null if
   * the broker does not tell, for example because a right is missing.
   */
  @Nullable String producerAt(TopicPartition partition, long offset) {
    Admin admin = broker.client().orElse(null);
    if (admin == null) {
      return null;
    }
    try {
      PartitionProducerState state =
          admin
              .describeProducers(List.of(partition))
              .partitionResult(partition)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (ProducerState producer : state.activeProducers()) {
        if (producer.currentTransactionStartOffset().orElse(-1) == offset) {
          return "producerId=" + producer.producerId() + transactionalId(admin, producer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("The producers of {} are not told", partition, e);
    }
    return null;
  }

  /** The broker tells only users that may describe the transaction. */
  private static String transactionalId(Admin admin, ProducerState producer)
      throws InterruptedException, TimeoutException {
    try {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterProducerIds(Set.of(producer.producerId())))
          .all()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .stream()
          .findFirst()
          .map(TransactionListing::transactionalId)
          .map(id -> " transactionalId=" + id)
          .orElse("");
    } catch (ExecutionException e) {
      log.debug("The transaction of {} is not told", producer, e);
      return "";
    }
  }
}
