package io.eventagents.faults;

import io.eventagents.faults.ForeignRecord.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another program that writes to the topics, and not always correctly. Thread-safe. */
final class ForeignProducer implements AutoCloseable {

  /** Marks records of this producer, so that copies are not copied. */
  static final String MARK = "x-foreign";

  private final KafkaProducer<byte[], byte[]> producer;
  private final Journal journal;

  ForeignProducer(Landscape landscape) {
    this.journal = landscape.journal();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                landscape.bootstrapServers(),
                "acks",
                "all",
                "max.request.size",
                "2000000",
                "max.block.ms",
                "120000",
                "delivery.timeout.ms",
                "180000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes a record again to its partition. */
  void duplicate(EventRecord original) {
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(
            original.place().topic(),
            original.place().partition(),
            original.record().key(),
            original.record().value());
    for (Header header : original.record().headers()) {
      copy.headers().add(header);
    }
    send(copy, Kind.DUPLICATE);
  }

  /** Writes a record that claims to be {@code task.created} but cannot be read as such. */
  void poison(Random random) {
    String id = UUID.randomUUID().toString();
    String value =
        switch (random.nextInt(4)) {
          case 0 ->
              """
              {"event_type":"task.created","data":{"task_id":"%s","title":"No id","owner_id":"x"}}"""
                  .formatted(id);
          case 1 ->
              """
              {"event_id":"%s","event_type":"task.created","data":"nonsense"}"""
                  .formatted(id);
          case 2 ->
              """
              {"event_id":"%s","event_type":"task.created","data":{"priority":1}}"""
                  .formatted(id);
          default -> "no JSON at all";
        };
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.TASKS, null, bytes("task-" + id), bytes(value));
    record.headers().add("event_type", bytes("task.created"));
    send(record, Kind.POISON);
  }

  /** Writes the event of a task to this partition, whatever its key. */
  void taskCreated(int partition, String ownerId) {
    String id = UUID.randomUUID().toString();
    String value =
        """
        {"event_id":"%1$s","event_type":"task.created","occurred_at":"2026-01-15T14:30:22.456Z",
        "data":{"task_id":"task-%1$s","title":"Imported","owner_id":"%2$s"},
        "metadata":{"correlation_id":"import-%1$s","causation_id":"import","source":"importer"}}"""
            .formatted(id, ownerId);
    send(
        new ProducerRecord<>(Topics.TASKS, partition, bytes("task-" + id), bytes(value)),
        Kind.GOOD);
  }

  /** Writes an event of 900 KiB, most of it in a field that no reader knows. */
  void large(String ownerId) {
    String id = UUID.randomUUID().toString();
    String value =
        """
        {"event_id":"%1$s","event_type":"task.created","occurred_at":"2026-01-15T14:30:22.456Z",
        "data":{"task_id":"task-%1$s","title":"Large","owner_id":"%2$s","attachment":"%3$s"},
        "metadata":{"correlation_id":"large-%1$s","causation_id":"import","source":"importer"}}"""
            .formatted(id, ownerId, "x".repeat(900 * 1024));
    send(new ProducerRecord<>(Topics.TASKS, null, bytes("task-" + id), bytes(value)), Kind.GOOD);
  }

  /** Writes a poison record of 900 KiB. */
  void largePoison() {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.TASKS,
            null,
            bytes("task-" + UUID.randomUUID()),
            bytes("{\"event_type\":\"task.created\",\"data\":\"" + "x".repeat(900 * 1024) + "\"}"));
    send(record, Kind.POISON);
  }

  /** Writes a change of an account. */
  void accountChanged(String accountId, int step, String note) {
    String value =
        """
        {"event_id":"%1$s-%2$d","event_type":"account.changed","occurred_at":"2026-01-15T14:30:22.456Z",
        "data":{"account_id":"%1$s","step":%2$d,"note":"%3$s"},
        "metadata":{"correlation_id":"bank-%1$s","causation_id":"bank","source":"bank"}}"""
            .formatted(accountId, step, note);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.ACCOUNTS, null, bytes(accountId), bytes(value));
    record.headers().add("event_type", bytes("account.changed"));
    send(record, Kind.GOOD);
  }

  /** Writes an event that no agent handles. */
  void parcelSent(int partition) {
    String id = UUID.randomUUID().toString();
    String value =
        """
        {"event_id":"%1$s","event_type":"parcel.sent","occurred_at":"2026-01-15T14:30:22.456Z",
        "data":{"parcel_id":"%1$s"},
        "metadata":{"correlation_id":"parcel-%1$s","causation_id":"post","source":"post"}}"""
            .formatted(id);
    send(
        new ProducerRecord<>(Topics.PARCELS, partition, bytes("parcel-" + id), bytes(value)),
        Kind.GOOD);
  }

  private void send(ProducerRecord<byte[], byte[]> record, Kind kind) {
    record.headers().add(MARK, bytes(kind.name()));
    try {
      RecordMetadata written = producer.send(record).get();
      journal.add(
          new ForeignRecord(
              new Place(written.topic(), written.partition(), written.offset()), kind));
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker refused a foreign record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
