package io.eventagents.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

class BatchErrorHandlerTests {

  private static final TopicPartition TASKS_0 = new TopicPartition("task-events", 0);
  private static final TopicPartition TASKS_1 = new TopicPartition("task-events", 1);
  private static final TopicPartition ORDERS_0 = new TopicPartition("order-events", 0);
  private static final Instant NOW = Instant.parse("2025-01-15T14:30:00Z");

  /** Keeps what is scheduled until the test says that its time has come. */
  static final class HeldScheduler extends ThreadPoolTaskScheduler {
    private static final long serialVersionUID = 1L;

    private final transient List<Runnable> tasks = new ArrayList<>();
    private final transient List<Instant> times = new ArrayList<>();

    @Override
    public Clock getClock() {
      return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    @SuppressWarnings("NullAway")
    public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
      tasks.add(task);
      times.add(startTime);
      return null;
    }
  }

  private final HeldScheduler scheduler = new HeldScheduler();
  private final BatchErrorHandler handler = new BatchErrorHandler(scheduler);
  private final MessageListenerContainer container =
      new ConcurrentMessageListenerContainer<>(
          new DefaultKafkaConsumerFactory<byte[], byte[]>(Map.of()),
          new ContainerProperties("task-events"));
  private MockConsumer<byte[], byte[]> consumer = consumer();

  @BeforeEach
  void isAssigned() {
    consumer.assign(Set.of(TASKS_0, TASKS_1, ORDERS_0));
    consumer.updateBeginningOffsets(Map.of(TASKS_0, 0L, TASKS_1, 0L, ORDERS_0, 0L));
    for (TopicPartition partition : consumer.assignment()) {
      consumer.seek(partition, 1000);
    }
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    return new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
  }

  @Test
  void theContainerNeitherCommitsNorGoesOnByItself() {
    assertThat(handler.seeksAfterHandling()).isTrue();
    assertThat(handler.isAckAfterHandle()).isFalse();
  }

  @Test
  void eachPartitionGoesOnAtItsFirstUnfinishedRecord() {
    handle(
        new BatchInterrupted(
            "smtp is away", Map.of(TASKS_0, 12L, TASKS_1, 103L, ORDERS_0, 7L), Duration.ZERO));

    assertThat(positions()).isEqualTo(Map.of(TASKS_0, 12L, TASKS_1, 103L, ORDERS_0, 7L));
  }

  @Test
  void theFinishedPartIsCommitted() {
    handle(
        new BatchInterrupted(
            "smtp is away", Map.of(TASKS_0, 12L, TASKS_1, 103L, ORDERS_0, 7L), Duration.ZERO));

    assertThat(committed()).isEqualTo(Map.of(TASKS_0, 12L, TASKS_1, 103L));
  }

  @Test
  void aPartitionThatIsNotNamedComesAgainAsAWhole() {
    handle(new BatchInterrupted("smtp is away", Map.of(TASKS_0, 13L), Duration.ZERO));

    assertThat(positions()).isEqualTo(Map.of(TASKS_0, 13L, TASKS_1, 100L, ORDERS_0, 7L));
    assertThat(committed()).isEqualTo(Map.of(TASKS_0, 13L));
  }

  @Test
  void partitionsThatAreNotInTheBatchGoBackToo() {
    TopicPartition lost = new TopicPartition("task-events", 2);
    TopicPartition revoked = new TopicPartition("task-events", 3);
    consumer.assign(Set.of(TASKS_0, TASKS_1, ORDERS_0, lost));
    consumer.updateBeginningOffsets(Map.of(lost, 3L));
    consumer.seek(lost, 1000);

    handle(
        new BatchInterrupted(
            "lines are lost",
            Map.of(TASKS_0, 4L, lost, BatchInterrupted.BEGINNING, revoked, 7L),
            Duration.ZERO));

    assertThat(consumer.position(TASKS_0)).isEqualTo(4);
    assertThat(consumer.position(lost)).isEqualTo(3);
    assertThat(consumer.assignment()).doesNotContain(revoked);
  }

  @Test
  void anUnexpectedFailureBringsTheWholeBatchAgainAfterASecond() {
    handle(new IllegalStateException("bug"));

    assertThat(positions()).isEqualTo(Map.of(TASKS_0, 10L, TASKS_1, 100L, ORDERS_0, 7L));
    assertThat(committed()).isEmpty();
    assertThat(container.isPauseRequested()).isTrue();
    assertThat(scheduler.times).containsExactly(NOW.plusSeconds(1));
  }

  @Test
  void theContainerIsPausedUntilTheDelayIsOver() {
    handle(interrupted(Duration.ofSeconds(20)));

    assertThat(container.isPauseRequested()).isTrue();
    assertThat(scheduler.times).containsExactly(NOW.plusSeconds(20));

    scheduler.tasks.getFirst().run();

    assertThat(container.isPauseRequested()).isFalse();
  }

  @Test
  void withoutADelayNothingIsPaused() {
    handle(interrupted(Duration.ZERO));

    assertThat(container.isPauseRequested()).isFalse();
    assertThat(scheduler.tasks).isEmpty();
  }

  @Test
  void whatAnOperatorPausedIsNotResumed() {
    container.pause();

    handle(interrupted(Duration.ofSeconds(20)));

    assertThat(scheduler.tasks).isEmpty();
    assertThat(container.isPauseRequested()).isTrue();
  }

  @Test
  void aContainerThatWasStoppedMeanwhileDoesNotStayPaused() {
    handle(interrupted(Duration.ofSeconds(20)));
    assertThat(container.isRunning()).isFalse();

    scheduler.tasks.getFirst().run();

    assertThat(container.isPauseRequested()).isFalse();
  }

  @Test
  void theInterruptionIsFoundWhereverItStands() {
    handle(
        new ListenerExecutionFailedException(
            "listener",
            new IllegalStateException(
                new BatchInterrupted("away", Map.of(TASKS_0, 11L), Duration.ofSeconds(3)))));

    assertThat(positions()).containsEntry(TASKS_0, 11L);
    assertThat(scheduler.times).containsExactly(NOW.plusSeconds(3));
  }

  @Test
  void aCommitThatFailsLosesNothing() {
    consumer =
        new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name()) {
          @Override
          public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            throw new CommitFailedException("rebalanced");
          }
        };
    isAssigned();

    handle(
        new BatchInterrupted(
            "smtp is away",
            Map.of(TASKS_0, 12L, TASKS_1, 103L, ORDERS_0, 7L),
            Duration.ofSeconds(2)));

    assertThat(positions()).isEqualTo(Map.of(TASKS_0, 12L, TASKS_1, 103L, ORDERS_0, 7L));
    assertThat(container.isPauseRequested()).isTrue();
  }

  private static BatchInterrupted interrupted(Duration delay) {
    return new BatchInterrupted("smtp is away", Map.of(), delay);
  }

  private void handle(Exception thrown) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    records.put(TASKS_0, List.of(record(TASKS_0, 10), record(TASKS_0, 11), record(TASKS_0, 12)));
    records.put(TASKS_1, List.of(record(TASKS_1, 100), record(TASKS_1, 102)));
    records.put(ORDERS_0, List.of(record(ORDERS_0, 7)));
    handler.handleBatch(
        thrown, new ConsumerRecords<>(records, Map.of()), consumer, container, () -> {});
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
    return new ConsumerRecord<>(
        partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
  }

  private Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    consumer.assignment().forEach(at -> positions.put(at, consumer.position(at)));
    return positions;
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new LinkedHashMap<>();
    consumer
        .committed(consumer.assignment())
        .forEach(
            (TopicPartition partition, @Nullable OffsetAndMetadata position) -> {
              if (position != null) {
                committed.put(partition, position.offset());
              }
            });
    return committed;
  }
}
