package io.eventagents;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The Kafka cluster that the application's bindings use, by the same addresses, security and
 * settings, for what is no event: looking at topics, and records that belong to no agent. A bean of
 * this type is there wherever agents are. Thread-safe.
 *
 * <pre>{@code
 * broker.admin().ifPresent(admin -> admin.listTopics());
 * }</pre>
 */
public interface Broker {

  /**
   * The framework's own client, which is not to be closed; empty if the binder is not Kafka's (on a
   * test binder) or the application is stopping.
   */
  Optional<Admin> admin();

  /**
   * Sends a record.
   *
   * @return complete when all replicas that are in sync have it; failed where they don't within
   *     half a minute
   */
  CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record);

  /**
   * Hands over every record that the topics hold when this is called, in order per partition,
   * outside of every consumer group. Topics that do not exist are empty.
   *
   * @throws DependencyUnavailable if the broker does not answer
   */
  void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each);
}
