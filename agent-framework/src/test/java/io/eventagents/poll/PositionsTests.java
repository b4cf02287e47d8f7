package io.eventagents.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsTests {

  private static final TopicPartition READ = new TopicPartition("task-events", 0);
  private static final TopicPartition COMMITTED = new TopicPartition("task-events", 1);
  private static final TopicPartition NEW = new TopicPartition("task-events", 2);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Positions positions = new Positions(consumer, true);

  @BeforeEach
  void partitionsAreAssigned() {
    consumer.assign(List.of(READ, COMMITTED, NEW));
    consumer.updateBeginningOffsets(Map.of(READ, 0L, COMMITTED, 0L, NEW, 3L));
    consumer.updateEndOffsets(Map.of(READ, 100L, COMMITTED, 100L, NEW, 100L));
    consumer.commitSync(Map.of(COMMITTED, new OffsetAndMetadata(40)));
    consumer.seek(READ, 0);
    consumer.addRecord(new ConsumerRecord<>("task-events", 0, 0, new byte[0], new byte[0]));
    positions.polled(consumer.poll(Duration.ZERO));
  }

  @Test
  void whatTheClientPassedOverWithoutReturningItIsReadAgain() {
    consumer.seek(READ, 50);
    consumer.seek(COMMITTED, 60);
    consumer.seek(NEW, 70);

    assertThat(positions.restore())
        .containsOnly(Map.entry(READ, 1L), Map.entry(COMMITTED, 40L), Map.entry(NEW, 3L));
    assertThat(consumer.position(READ)).isEqualTo(1);
    assertThat(consumer.position(COMMITTED)).isEqualTo(40);
    assertThat(consumer.position(NEW)).isEqualTo(3);
  }

  @Test
  void whereTheContainerSentItCountsMoreThanWhatIsCommitted() {
    positions.sought("seek", new Object[] {COMMITTED, 7L});
    positions.sought("seekToBeginning", new Object[] {Set.of(READ)});
    positions.sought("seekToEnd", new Object[] {Set.of(NEW)});

    assertThat(positions.restore())
        .containsOnly(Map.entry(COMMITTED, 7L), Map.entry(READ, 0L), Map.entry(NEW, 100L));
  }

  @Test
  void partitionsThatOthersHaveAreForgotten() {
    consumer.assign(List.of(COMMITTED));
    consumer.commitSync(Map.of(COMMITTED, new OffsetAndMetadata(40)));

    assertThat(positions.restore()).containsOnly(Map.entry(COMMITTED, 40L));
    assertThat(positions.of(READ)).isNull();
  }
}
