package io.eventagents.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Broker;
import io.eventagents.DependencyUnavailable;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.SignedNote;
import io.eventagents.embedded.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** To the real broker, where it is open. */
final class WayToTheBroker implements Broker, AutoCloseable {

  private static final String TOPIC = "audit-checkpoints";

  final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
  volatile boolean out;

  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  WayToTheBroker() throws Exception {
    EmbeddedServers.start();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers());
    admin = Admin.create(settings);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    if (!admin.listTopics().names().get().contains(TOPIC)) {
      // Shared with tests of the agent, which makes it like that.
      admin
          .createTopics(
              List.of(new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
          .all()
          .get();
    }
  }

  @Override
  public Optional<Admin> admin() {
    return Optional.of(admin);
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    if (out) {
      return CompletableFuture.failedFuture(new TimeoutException("the broker is away"));
    }
    assertThat(record.topic()).isEqualTo(TOPIC);
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                sent.add(record);
                acknowledged.complete(null);
              } else {
                acknowledged.completeExceptionally(failure);
              }
            });
    return acknowledged;
  }

  @Override
  public void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    if (out) {
      throw new DependencyUnavailable("Kafka", null);
    }
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                EmbeddedServers.kafka().bootstrapServers(),
                // Who is at the end waits no longer.
                "fetch.max.wait.ms",
                10),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .filter(consumer.listTopics()::containsKey)
              .map(topic -> new TopicPartition(topic, 0))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      consumer
          .endOffsets(partitions)
          .forEach(
              (partition, end) -> {
                while (consumer.position(partition) < end) {
                  consumer.poll(Duration.ofMillis(100)).forEach(each);
                }
              });
    }
  }

  /** The lines of the checkpoints that were published, in their order. */
  List<Long> lines() throws MalformedNote {
    List<Long> lines = new CopyOnWriteArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : sent) {
      String note = new String(record.value(), StandardCharsets.UTF_8);
      lines.add(Checkpoint.parse(SignedNote.parse(note).text()).lines());
    }
    return lines;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
