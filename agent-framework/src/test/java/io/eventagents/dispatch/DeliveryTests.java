package io.eventagents.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.EventType;
import io.eventagents.wire.PayloadTypes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeliveryTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  private final Delivery delivery =
      new Delivery(
          new ConsumerRecord<>("task-events", 0, 7, null, new byte[0]),
          PayloadTypes.of(TaskCreated.class).all().getFirst(),
          Delivery.Origin.TOPIC,
          null);

  @Test
  void aHandledDeliveryStaysHandledIfItComesAgain() {
    delivery.handled();

    delivery.reopen();

    assertThat(delivery.isHandled()).isTrue();
    assertThat(delivery.isFinished()).isFalse();
  }

  @Test
  void aFinishedDeliveryIsOpenIfItComesAgain() {
    delivery.finish();

    delivery.reopen();

    assertThat(delivery.isHandled()).isFalse();
    assertThat(delivery.isFinished()).isFalse();
  }

  @Test
  void aDeadLetterIsOpenIfItComesAgain() {
    delivery.deadLetter();

    delivery.reopen();

    assertThat(delivery.isDeadLettered()).isFalse();
    assertThat(delivery.isFinished()).isFalse();
  }
}
