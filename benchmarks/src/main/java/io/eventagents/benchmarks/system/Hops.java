package io.eventagents.benchmarks.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Hand-written Kafka hops in a row: a producer sends with {@code acks=all} and without lingering; a
 * consumer in another thread polls and forwards to the next topic.
 */
final class Hops implements AutoCloseable {

  private final KafkaProducer<String, String> producer;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, CompletableFuture<Long>> arrived = new ConcurrentHashMap<>();

  /** Creates a topic for each hop and waits until all consumers read. */
  Hops(String brokers, int hops, String prefix) throws Exception {
    List<String> topics = IntStream.range(0, hops).mapToObj(n -> prefix + n).toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin
          .createTopics(topics.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", 0),
            new StringSerializer(),
            new StringSerializer());
    CountDownLatch reading = new CountDownLatch(hops);
    for (int n = 0; n < hops; n++) {
      String from = topics.get(n);
      String to = n + 1 < hops ? topics.get(n + 1) : "";
      threads.add(
          Thread.ofPlatform().daemon().name(from).start(() -> hop(brokers, from, to, reading)));
    }
    reading.await();
  }

  private void hop(String brokers, String from, String to, CountDownLatch reading) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(from, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      consumer.position(partition);
      reading.countDown();
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          if (to.isEmpty()) {
            future(record.key()).complete(System.nanoTime());
          } else {
            send(to, record.key(), record.value());
          }
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a record over all hops. Completes with the {@link System#nanoTime()} of its arrival. */
  CompletableFuture<Long> send(String id) {
    CompletableFuture<Long> future = future(id);
    send(threads.getFirst().getName(), id, "x".repeat(350));
    return future;
  }

  private CompletableFuture<Long> future(String id) {
    return arrived.computeIfAbsent(id, i -> new CompletableFuture<>());
  }

  private void send(String topic, String key, String value) {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
    record.headers().add("event_id", key.getBytes(UTF_8));
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null) {
                future(key).completeExceptionally(failure);
              }
            });
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
