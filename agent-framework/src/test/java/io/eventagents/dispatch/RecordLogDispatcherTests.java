package io.eventagents.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.eventagents.Effects;
import io.eventagents.ReceivedRecord;
import io.eventagents.RecordBatch;
import io.eventagents.RecordLog;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.retry.BatchInterrupted;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordLogDispatcherTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:00Z");
  private static final Uuid TOPIC_ID = Uuid.randomUuid();

  private final AgentStatus status =
      new AgentStatus(
          new AgentDefinition(
              "audit-log",
              "auditLog",
              Effects.NONE,
              new Intake.Records(".*-events"),
              PayloadTypes.none()),
          new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0),
          1);
  private final List<RecordBatch> batches = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private @Nullable Throwable failure;
  private final RecordLogDispatcher dispatcher =
      new RecordLogDispatcher(
          batch -> {
            switch (failure) {
              case null -> batches.add(batch);
              case RuntimeException exception -> throw exception;
              case Error error -> throw error;
              default -> throw new IllegalStateException(failure);
            }
          },
          topic -> TOPIC_ID,
          forgotten::add,
          status,
          EventTraces.handedOn(),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aBatchIsHandedOverWhole() {
    ConsumerRecord<byte[], byte[]> record = record("task-events", 0, 4);

    dispatcher.dispatch(List.of(record));

    assertThat(batches)
        .containsExactly(new RecordBatch(List.of(new ReceivedRecord(record, TOPIC_ID))));
    assertThat(batches.getFirst()).hasToString("RecordBatch[1 records]");
    assertThat(status.counts().handled.sum()).isEqualTo(1);
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void aTopicWhoseOffsetsBeginAgainIsLookedUpAnew() {
    dispatcher.dispatch(List.of(record("task-events", 0, 4), record("order-events", 0, 7)));
    dispatcher.dispatch(List.of(record("task-events", 0, 0), record("order-events", 0, 8)));

    assertThat(forgotten).containsExactly("task-events");
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("disk full"),
        new StackOverflowError("disk full"),
        new AssertionError("disk full"),
        new NoClassDefFoundError("disk full"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aBatchThatFailsComesAgainWhole(Throwable thrown) {
    failure = thrown;

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(
            () ->
                dispatcher.dispatch(
                    List.of(
                        record("task-events", 0, 4),
                        record("task-events", 0, 5),
                        record("task-events", 1, 9))))
        .satisfies(
            interrupted -> {
              assertThat(interrupted.resumeAt())
                  .isEqualTo(
                      Map.of(
                          new TopicPartition("task-events", 0), 4L,
                          new TopicPartition("task-events", 1), 9L));
              assertThat(interrupted.delay()).hasMillis(500);
            });
    assertThat(status.state())
        .isEqualTo(new AgentState.Waiting("disk full", NOW, NOW.plusMillis(500)));
    assertThat(status.counts().handled.sum()).isZero();
    assertThat(status.counts().interrupted.sum()).isEqualTo(1);
  }

  @Test
  void itGoesOnWhenTheFailureIsOver() {
    failure = new IllegalStateException("disk full");
    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(List.of(record("task-events", 0, 4))));
    failure = null;

    assertThatNoException()
        .isThrownBy(() -> dispatcher.dispatch(List.of(record("task-events", 0, 4))));
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
    assertThat(batches).hasSize(1);
  }

  @Test
  void anAgentThatLostWhatItHadStoredGetsItAgainOfAllPartitions() {
    StoredRecords stored = new StoredRecords();
    RecordLogDispatcher storing =
        new RecordLogDispatcher(
            stored,
            topic -> TOPIC_ID,
            forgotten::add,
            status,
            EventTraces.handedOn(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    storing.dispatch(List.of(record("task-events", 0, 4), record("order-events", 0, 7)));
    storing.dispatch(List.of(record("task-events", 1, 9), record("other-events", 0, 3)));
    stored.next.put(new TopicPartition("task-events", 0), 2L);
    stored.next.remove(new TopicPartition("order-events", 0));
    stored.fails = true;

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> storing.dispatch(List.of(record("task-events", 1, 10))))
        .satisfies(
            interrupted ->
                assertThat(interrupted.resumeAt())
                    .isEqualTo(
                        Map.of(
                            new TopicPartition("task-events", 0), 2L,
                            new TopicPartition("order-events", 0), BatchInterrupted.BEGINNING,
                            new TopicPartition("task-events", 1), 10L)));
  }

  private static final class StoredRecords implements RecordLog {

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private boolean fails;

    @Override
    public void accept(RecordBatch batch) {
      if (fails) {
        throw new IllegalStateException("what was stored is lost");
      }
      for (ReceivedRecord received : batch) {
        ConsumerRecord<byte[], byte[]> record = received.record();
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
    }

    @Override
    public OptionalLong nextOffset(String topic, Uuid topicId, int partition) {
      Long offset = next.get(new TopicPartition(topic, partition));
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset) {
    return new ConsumerRecord<>(topic, partition, offset, null, new byte[] {1});
  }
}
