package io.eventagents.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.observation.AgentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReturningConsumerTests {

  private final TopicPartition one = new TopicPartition("parcel-events", 0);
  private final TopicPartition other = new TopicPartition("parcel-events", 1);
  private final MockConsumer<byte[], byte[]> mock = new MockConsumer<>("earliest");
  private final Stored stored = new Stored();
  private final AgentStatus status = StoringAgent.status();
  private final Consumer<byte[], byte[]> consumer =
      new ReturningConsumer(mock, stored, status).proxy();

  private static final class Stored implements StoredPositions {

    private long losses;
    private OptionalLong next = OptionalLong.empty();
    private int failing;

    @Override
    public long losses() {
      return losses;
    }

    @Override
    public OptionalLong next(TopicPartition partition) {
      if (failing-- > 0) {
        throw new IllegalStateException("The broker does not answer");
      }
      return partition.partition() == 0 ? next : OptionalLong.empty();
    }
  }

  @BeforeEach
  void readsBoth() {
    consumer.assign(List.of(one, other));
    mock.updateBeginningOffsets(Map.of(one, 0L, other, 0L));
    consumer.seek(one, 7);
    consumer.seek(other, 7);
  }

  @Test
  void staysWhereItIsAsLongAsNothingIsLost() {
    consumer.poll(Duration.ZERO);

    assertThat(consumer.position(one)).isEqualTo(7);
    assertThat(consumer.position(other)).isEqualTo(7);
  }

  @Test
  void goesBackOnceWithoutARecord() {
    stored.losses++;
    stored.next = OptionalLong.of(4);

    consumer.poll(Duration.ZERO);

    assertThat(consumer.position(one)).isEqualTo(4);
    assertThat(consumer.position(other)).isZero();
    consumer.seek(one, 6);
    consumer.poll(Duration.ZERO);
    assertThat(consumer.position(one)).isEqualTo(6);
  }

  @Test
  void leavesRecordsThatCameToWhoHandlesThem() {
    stored.losses++;
    mock.addRecord(new ConsumerRecord<>("parcel-events", 0, 7, null, new byte[0]));

    assertThat(consumer.poll(Duration.ZERO).count()).isEqualTo(1);
    assertThat(consumer.position(one)).isEqualTo(8);
  }

  @Test
  void triesAgainAtTheNextPollIfItCannotBeTold() {
    stored.losses++;
    stored.next = OptionalLong.of(4);
    stored.failing = 1;

    consumer.poll(Duration.ZERO);
    assertThat(consumer.position(one)).isEqualTo(7);
    consumer.poll(Duration.ZERO);

    assertThat(consumer.position(one)).isEqualTo(4);
  }
}
