package io.eventagents.topic;

import io.eventagents.Broker;
import io.eventagents.send.RecordSender;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The broker of the binder. */
public final class BinderBroker implements Broker {

  private final BrokerAdmin admin;
  private final Supplier<RecordSender> sender;
  private final TopicReader reader;

  /**
   * @param sender made when the first record is sent
   */
  public BinderBroker(BrokerAdmin admin, Supplier<RecordSender> sender, TopicReader reader) {
    this.admin = admin;
    this.sender = sender;
    this.reader = reader;
  }

  @Override
  public Optional<Admin> admin() {
    return admin.client();
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    RecordSender to = sender.get();
    CompletableFuture<Void> sent = to.send(record);
    to.flush();
    return sent;
  }

  @Override
  public void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    reader.read(topics, each);
  }
}
