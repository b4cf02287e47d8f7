package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that does nothing but poll and commit. */
final class BytesOnly {

  private BytesOnly() {}

  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.of(arguments);
    Thread loop = Thread.ofPlatform().daemon().start(() -> run(assignment));
    ChildJvm.serve("", loop::interrupt);
  }

  private static void run(Assignment assignment) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            assignment.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(assignment.in()));
      while (!Thread.currentThread().isInterrupted()) {
        if (!consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
          consumer.commitAsync();
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }
}
