package io.eventagents.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Copies one in ten new events of tasks, and adds a poison record for one in a hundred. */
final class ForeignLoad implements AutoCloseable {

  private final Landscape landscape;
  private final Random random;
  private final CompletableFuture<Void> work;
  private volatile boolean stopped;

  private ForeignLoad(Landscape landscape, Random random) {
    this.landscape = landscape;
    this.random = random;
    this.work = new CompletableFuture<>();
  }

  static ForeignLoad start(Landscape landscape, String run) {
    ForeignLoad load = new ForeignLoad(landscape, landscape.seed().random("foreign " + run));
    Thread.ofVirtual().name("foreign-load").start(load::work);
    return load;
  }

  private void work() {
    try (ForeignProducer producer = new ForeignProducer(landscape);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", landscape.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.TASKS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.headers().lastHeader(ForeignProducer.MARK) == null) {
            see(record, producer);
          }
        }
      }
      work.complete(null);
    } catch (RuntimeException | Error e) {
      work.completeExceptionally(e);
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record, ForeignProducer producer) {
    if (random.nextInt(10) == 0) {
      producer.duplicate(EventRecord.of(record));
    }
    if (random.nextInt(100) == 0) {
      producer.poison(random);
    }
  }

  /** Returns when all writes are acknowledged. */
  @Override
  public void close() {
    stopped = true;
    work.join();
  }
}
