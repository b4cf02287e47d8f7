package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.Effects;
import io.eventagents.RecordBatch;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.binding.PolledRecords;
import io.eventagents.binding.RecordBatchConverter;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

class AgentMessageHandlerTests {

  private final List<RecordBatch> batches = new ArrayList<>();
  private final AgentMessageHandler handler =
      new AgentMessageHandler(
          new RecordLogDispatcher(
              batches::add,
              topic -> Uuid.ZERO_UUID,
              topic -> {},
              new AgentStatus(
                  new AgentDefinition(
                      "log", "log", Effects.NONE, new Intake.Records(".*"), PayloadTypes.none()),
                  new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0),
                  1),
              EventTraces.handedOn(),
              Clock.systemUTC()));

  @Test
  void recordsComeAsTheyWerePolled() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("task-events", 3, 42, new byte[] {1}, new byte[] {2});

    handler.handleMessage(new RecordBatchConverter().toMessage(List.of(record), null, null, null));

    assertThat(batches.getFirst().records().getFirst().record()).isSameAs(record);
  }

  @Test
  void aBatchIsLoggedWithoutItsPayloads() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("task-events", 3, 42, new byte[] {1}, "secret".getBytes(UTF_8));

    assertThat(new GenericMessage<>(new PolledRecords(List.of(record))))
        .asString()
        .contains("PolledRecords[1 records]")
        .doesNotContain("task-events");
  }

  @Test
  void aSingleMessageIsABatchOfOne() {
    handler.handleMessage(
        MessageBuilder.withPayload("body".getBytes(UTF_8))
            .setHeader("kafka_receivedMessageKey", "key".getBytes(UTF_8))
            .setHeader("event_type", "task.created")
            .setHeader("raw", new byte[] {7})
            .setHeader("number", 5)
            .build());
    handler.handleMessage(
        MessageBuilder.withPayload("body").setHeader("kafka_messageKey", "key").build());
    handler.handleMessage(new GenericMessage<>("body"));

    assertThat(batches)
        .extracting(batch -> batch.records().getFirst().record())
        .allSatisfy(record -> assertThat(record.value()).asString().isEqualTo("body"))
        .extracting(ConsumerRecord::key)
        .containsExactly("key".getBytes(UTF_8), "key".getBytes(UTF_8), null);
    ConsumerRecord<byte[], byte[]> first = batches.getFirst().records().getFirst().record();
    assertThat(first.headers().lastHeader("event_type").value())
        .asString()
        .isEqualTo("task.created");
    assertThat(first.headers().lastHeader("raw").value()).containsExactly(7);
    assertThat(first.headers().lastHeader("number")).isNull();
  }

  @Test
  void anythingElseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handler.handleMessage(new GenericMessage<>(List.of("body"))))
        .withMessageContaining("takes records as bytes");
  }
}
