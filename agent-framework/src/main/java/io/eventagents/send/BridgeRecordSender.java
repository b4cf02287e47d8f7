package io.eventagents.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends through Spring Cloud Stream if the binder is not Kafka's, as in wiring tests on the test
 * binder. Nothing is acknowledged there; a send that returns counts as stored.
 */
final class BridgeRecordSender implements RecordSender {

  private final StreamBridge bridge;
  private final Function<String, String> bindingOfTopic;

  BridgeRecordSender(StreamBridge bridge, Function<String, String> bindingOfTopic) {
    this.bridge = bridge;
    this.bindingOfTopic = bindingOfTopic;
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    MessageBuilder<byte[]> message = MessageBuilder.withPayload(record.value());
    for (Header header : record.headers()) {
      message.setHeader(header.key(), new String(header.value(), UTF_8));
    }
    if (record.key() != null) {
      message.setHeader("kafka_messageKey", record.key());
    }
    boolean accepted = bridge.send(bindingOfTopic.apply(record.topic()), message.build());
    return accepted
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(
            new IllegalStateException("The binder did not accept a record for " + record.topic()));
  }
}
