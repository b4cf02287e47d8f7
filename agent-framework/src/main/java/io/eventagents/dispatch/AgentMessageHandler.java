package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.binding.PolledRecords;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * Receives what arrives on an agent's channel: batches of records from Kafka's binder, single
 * messages from the test binder.
 */
public final class AgentMessageHandler implements MessageHandler {

  private static final List<String> KEYS = List.of("kafka_receivedMessageKey", "kafka_messageKey");

  private final RecordDispatcher dispatcher;
  private final AtomicLong offset = new AtomicLong();

  /**
   * @param dispatcher the dispatcher of the agent whose channel this handler subscribes to
   */
  public AgentMessageHandler(RecordDispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void handleMessage(Message<?> message) {
    switch (message.getPayload()) {
      case PolledRecords polled -> dispatcher.dispatch(polled.records());
      case byte[] value -> dispatcher.dispatch(List.of(record(message, value)));
      case String value -> dispatcher.dispatch(List.of(record(message, value.getBytes(UTF_8))));
      default ->
          throw new IllegalArgumentException(
              "An agent's channel takes records as bytes, not " + message.getPayload().getClass());
    }
  }

  private ConsumerRecord<byte[], byte[]> record(Message<?> message, byte[] value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("messages", 0, offset.getAndIncrement(), key(message), value);
    Headers headers = record.headers();
    message
        .getHeaders()
        .forEach(
            (name, header) -> {
              if (header instanceof byte[] bytes) {
                headers.add(name, bytes);
              } else if (header instanceof String text) {
                headers.add(name, text.getBytes(UTF_8));
              }
            });
    return record;
  }

  private static byte @org.jspecify.annotations.Nullable [] key(Message<?> message) {
    for (String name : KEYS) {
      Object key = message.getHeaders().get(name);
      if (key instanceof byte[] bytes) {
        return bytes;
      }
      if (key instanceof String text) {
        return text.getBytes(UTF_8);
      }
    }
    return null;
  }
}
