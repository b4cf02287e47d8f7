package io.eventagents.dispatch;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.EventType;
import io.eventagents.wire.PayloadTypes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a batch that is interrupted comes again from. */
class EventBatchTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  private static final TopicPartition TASKS = new TopicPartition("task-events", 0);

  private final List<ConsumerRecord<byte[], byte[]>> records =
      LongStream.rangeClosed(5, 9).mapToObj(EventBatchTests::record).toList();
  private final Map<Long, Delivery> deliveries =
      records.stream().collect(toMap(ConsumerRecord::offset, EventBatchTests::delivery));

  @Test
  void aFinishedBatchResumesBehindItsLastRecord() {
    deliveries.values().forEach(Delivery::finish);

    assertThat(batch(5, 6, 7).resumeAt()).isEqualTo(Map.of(TASKS, 10L));
  }

  @Test
  void aBatchResumesAtTheLeastUnfinishedOffsetWhateverTheOrderOfItsDeliveries() {
    assertThat(batch(8, 6, 7).resumeAt()).isEqualTo(Map.of(TASKS, 6L));
    assertThat(batch(6, 7, 8).resumeAt()).isEqualTo(Map.of(TASKS, 6L));
    assertThat(batch(7, 8, 6).resumeAt()).isEqualTo(Map.of(TASKS, 6L));
  }

  @Test
  void whatIsFinishedOrHasNoDeliveryDoesNotComeAgain() {
    delivery(6).finish();
    delivery(9).deadLetter();

    assertThat(batch(6, 8, 9).resumeAt()).isEqualTo(Map.of(TASKS, 8L));
  }

  @Test
  void aDeliveryWhoseFollowersWaitComesAgain() {
    delivery(6).handled();

    assertThat(batch(6).resumeAt()).isEqualTo(Map.of(TASKS, 6L));
  }

  private Delivery delivery(long offset) {
    return Objects.requireNonNull(deliveries.get(offset));
  }

  private EventBatch batch(long... offsets) {
    return new EventBatch(
        records, LongStream.of(offsets).mapToObj(this::delivery).toList(), () -> true, () -> false);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(TASKS.topic(), TASKS.partition(), offset, null, new byte[0]);
  }

  private static Delivery delivery(ConsumerRecord<byte[], byte[]> record) {
    return new Delivery(
        record, PayloadTypes.of(TaskCreated.class).all().getFirst(), Delivery.Origin.TOPIC, null);
  }
}
