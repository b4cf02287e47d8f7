package io.eventagents.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.wire.RecordPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told apart: a record that is gone, and a broker that does not hand it out. */
class TopicReaderTests {

  private static final TopicPartition PARTITION = new TopicPartition("order-events", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final TopicReader topics = new TopicReader(() -> consumer, Duration.ofMillis(20));

  TopicReaderTests() {
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(
            new PartitionInfo(
                PARTITION.topic(), PARTITION.partition(), null, new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 3L));
    consumer.updateEndOffsets(Map.of(PARTITION, 9L));
  }

  @Test
  void findsTheRecordAtAPosition() {
    arrives(7);

    assertThat(topics.read(at(7))).map(ConsumerRecord::offset).hasValue(7L);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 7, 9})
  void aRecordThatIsNotKeptAnyMoreIsEmpty(long offset) {
    arrives(8);

    assertThat(topics.read(at(offset))).isEmpty();
  }

  @Test
  void aRecordThatTheBrokerDoesNotHandOutIsNotTakenForGone() {
    assertThatExceptionOfType(DependencyUnavailable.class)
        .isThrownBy(() -> topics.read(at(7)))
        .withMessageContaining("no records for 20 ms");
  }

  @Test
  void recordsThatTheBrokerDoesNotHandOutAreNotTakenForNone() {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

    assertThatExceptionOfType(DependencyUnavailable.class)
        .isThrownBy(() -> topics.read(Set.of(PARTITION.topic()), read::add))
        .withMessageContaining("no records for 20 ms");
  }

  /** The broker hands it out once the reader is assigned to its partition. */
  private void arrives(long offset) {
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    offset,
                    "order-1".getBytes(UTF_8),
                    "{}".getBytes(UTF_8))));
  }

  private static RecordPosition at(long offset) {
    return new RecordPosition(PARTITION.topic(), PARTITION.partition(), offset);
  }
}
