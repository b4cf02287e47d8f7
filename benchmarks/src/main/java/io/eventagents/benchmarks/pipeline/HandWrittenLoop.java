package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * The loop that an experienced Kafka developer would write by hand: poll, parse, send each answer
 * immediately, flush, and commit without waiting once all answers are acknowledged. One thread.
 */
final class HandWrittenLoop implements Runnable {

  private final Assignment assignment;
  private final Answers answers = new Answers();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

  private HandWrittenLoop(Assignment assignment) {
    this.assignment = assignment;
  }

  /** {@code --bench.loops} runs several, each in a group of its own. */
  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.of(arguments);
    String loops = new SimpleCommandLinePropertySource(arguments).getProperty("bench.loops");
    List<Thread> threads =
        IntStream.range(0, loops == null ? 1 : Integer.parseInt(loops))
            .mapToObj(n -> new HandWrittenLoop(numbered(assignment, n)))
            .map(loop -> Thread.ofPlatform().daemon().start(loop))
            .toList();
    ChildJvm.serve("", () -> threads.forEach(Thread::interrupt));
  }

  private static Assignment numbered(Assignment each, int n) {
    return new Assignment(
        each.brokers(), each.in(), each.out(), each.group() + "-" + n, each.poll());
  }

  @Override
  public void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                assignment.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                assignment.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      consumer.subscribe(List.of(assignment.in()));
      while (!Thread.currentThread().isInterrupted()) {
        work(consumer, producer);
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(
      KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
    if (records.isEmpty()) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (Answers.isTaskCreated(record.headers())) {
        var unused =
            producer.send(
                answers.to(record, assignment.out()),
                (metadata, failure) -> {
                  if (failure != null) {
                    failed.compareAndSet(null, failure);
                  }
                });
      }
    }
    producer.flush();
    if (failed.get() != null) {
      throw new IllegalStateException("An answer was not acknowledged", failed.get());
    }
    consumer.commitAsync();
  }
}
