package io.eventagents.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.EventIds;
import io.eventagents.benchmarks.Envelope.NotificationSent;
import io.eventagents.benchmarks.Envelope.TaskCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody who knows Kafka would write by hand: poll, parse, answer with the same ids and
 * headers as ours, send all, wait for the acknowledgements, commit.
 */
final class HandWrittenLoop implements Runnable {

  private static final String NAME = "notification-sms";
  private static final String TYPE = "notification.sent";

  private final JsonMapper mapper = JsonMapper.builder().build();
  private final ObjectReader reader =
      mapper
          .readerFor(new TypeReference<Envelope<TaskCreated>>() {})
          .without(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final ObjectWriter writer =
      mapper.writerFor(new TypeReference<Envelope<NotificationSent>>() {});
  private final String bootstrapServers;

  private HandWrittenLoop(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  public static void main(String[] arguments) throws Exception {
    Thread loop = Thread.ofPlatform().daemon().start(new HandWrittenLoop(arguments[0]));
    ChildJvm.serve("", loop::interrupt);
  }

  @Override
  public void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "group.id",
                    "hand-written",
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    false,
                    "max.poll.records",
                    500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "acks",
                    "all",
                    "linger.ms",
                    5,
                    "batch.size",
                    65536),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      consumer.subscribe(List.of(Way.HAND_WRITTEN_LOOP.input()));
      while (!Thread.currentThread().isInterrupted()) {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (isTaskCreated(record)) {
            sends.add(producer.send(answer(record)));
          }
        }
        if (!sends.isEmpty()) {
          producer.flush();
          for (Future<RecordMetadata> send : sends) {
            send.get();
          }
          consumer.commitSync();
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isTaskCreated(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("event_type").value(), UTF_8)
        .equals("task.created");
  }

  private ProducerRecord<byte[], byte[]> answer(ConsumerRecord<byte[], byte[]> record) {
    Envelope<TaskCreated> event = reader.readValue(record.value());
    String eventId = EventIds.derive(NAME, event.eventId(), TYPE, 0);
    Envelope<NotificationSent> answer =
        new Envelope<>(
            eventId,
            TYPE,
            Instant.now(),
            new NotificationSent(
                event.data().taskId(), "sms", event.data().ownerId() + ": " + event.data().title()),
            new Envelope.Metadata(event.metadata().correlationId(), event.eventId(), NAME));
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(
            Way.HAND_WRITTEN_LOOP.output(), record.key(), writer.writeValueAsBytes(answer));
    sent.headers()
        .add("event_id", eventId.getBytes(UTF_8))
        .add("event_type", TYPE.getBytes(UTF_8))
        .add("correlation_id", event.metadata().correlationId().getBytes(UTF_8))
        .add("causation_id", event.eventId().getBytes(UTF_8))
        .add("source", NAME.getBytes(UTF_8));
    return sent;
  }
}
