package io.eventagents.test;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker as an outsider uses it. Thread-safe. */
final class Broker implements AutoCloseable {

  /** The setting that says where it is. */
  static final String ADDRESS = "spring.kafka.bootstrap-servers";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String bootstrapServers;
  private final int partitions;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Set<String> knownTopics = ConcurrentHashMap.newKeySet();

  /**
   * @param partitions of the topics that are made for a test
   */
  Broker(String bootstrapServers, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Sends a record and waits for its acknowledgement; a topic that is missing is made. */
  RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    if (!knownTopics.contains(record.topic())) {
      create(record.topic());
    }
    return get(producer.send(record), "send to " + record.topic());
  }

  private void create(String topic) {
    try {
      var unused =
          get(
              admin
                  .createTopics(
                      List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                  .all(),
              "make the topic " + topic);
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    knownTopics.add(topic);
  }

  /** The ends of the partitions of the topics that match. */
  Map<TopicPartition, Long> ends(Predicate<String> topics) {
    Set<String> names =
        get(admin.listTopics().names(), "list the topics").stream()
            .filter(topics)
            .collect(Collectors.toSet());
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    get(admin.describeTopics(names).allTopicNames(), "describe the topics")
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            wanted.put(
                                new TopicPartition(name, partition.partition()),
                                OffsetSpec.latest())));
    return get(admin.listOffsets(wanted).all(), "list the ends of partitions").entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /** What the groups have committed, by group. */
  Map<String, Map<TopicPartition, Long>> committed(Collection<String> groups) {
    if (groups.isEmpty()) {
      return Map.of();
    }
    Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
    get(
            admin
                .listConsumerGroupOffsets(
                    groups.stream()
                        .collect(
                            Collectors.toMap(
                                group -> group, group -> new ListConsumerGroupOffsetsSpec())))
                .all(),
            "list the offsets of " + groups)
        .forEach(
            (group, offsets) ->
                committed.put(
                    group,
                    offsets.entrySet().stream()
                        .filter(offset -> offset.getValue() != null)
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey, offset -> offset.getValue().offset()))));
    return committed;
  }

  /**
   * Commits these offsets for a group that has no members.
   *
   * @throws IllegalStateException if it has members or the broker does not answer
   */
  void commit(String group, Map<TopicPartition, Long> offsets) {
    var unused =
        get(
            admin
                .alterConsumerGroupOffsets(
                    group,
                    offsets.entrySet().stream()
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey,
                                offset -> new OffsetAndMetadata(offset.getValue()))))
                .all(),
            "commit for the group " + group);
  }

  private static <R> R get(Future<R> future, String what) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker refused to " + what, e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The broker did not answer within " + PATIENCE.toSeconds() + " s, to " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting to " + what, e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }
}
