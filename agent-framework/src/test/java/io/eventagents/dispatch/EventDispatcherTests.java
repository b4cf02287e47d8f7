package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.eventagents.DependencyUnavailable;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventType;
import io.eventagents.RejectedEvent;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.binding.InvalidAgent;
import io.eventagents.deadletter.DeadLetterHeaders;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.observation.AgentCounts;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.retry.BatchInterrupted;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/** The dispatcher of an agent without effects, with everything but the broker. */
@Timeout(30)
class EventDispatcherTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  @EventType("notification.sent")
  record NotificationSent(String taskId) {}

  @EventType("order.placed")
  record OrderPlaced(String orderId) {}

  private static final TopicPartition TASKS_0 = new TopicPartition("task-events", 0);
  private static final TopicPartition TASKS_1 = new TopicPartition("task-events", 1);
  private static final Instant NOW = Instant.parse("2025-01-15T14:30:00Z");
  private static final RetryPolicy THREE_ATTEMPTS =
      new RetryPolicy(3, Duration.ofMillis(2), 2, Duration.ofMillis(5), 0.5);

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final SentRecords sent = new SentRecords();
  private final SentRecords deadLetters = new SentRecords();
  private final AgentDefinition agent =
      new AgentDefinition(
          "notification-sms",
          "notificationSms",
          Effects.NONE,
          new Intake.Events(PayloadTypes.of(TaskCreated.class)),
          PayloadTypes.of(NotificationSent.class));
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private AgentStatus status = new AgentStatus(agent, THREE_ATTEMPTS, 1);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void whatAnAgentEmitsIsSent() {
    dispatcher(this::sms).dispatch(List.of(task(0, 1, "a"), task(0, 2, "b")));

    assertThat(sent.records)
        .extracting(ProducerRecord::topic)
        .containsExactly("our-notification", "our-notification");
    assertThat(sent.values().getFirst()).contains("\"task_id\":\"a\"", "\"causation_id\":\"e-a\"");
    assertThat(status.counts().handled.sum()).isEqualTo(2);
    assertThat(status.counts().emitted.sum()).isEqualTo(2);
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  static Stream<@Nullable Object> shapes() {
    NotificationSent one = new NotificationSent("one");
    NotificationSent two = new NotificationSent("two");
    return Stream.of(
        null,
        one,
        List.of(),
        List.of(one, two),
        Set.of(one),
        Optional.empty(),
        Optional.of(one),
        new ArrayList<>(List.of(one)),
        Arrays.asList(one, two));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void payloadsComeInAnyShape(@Nullable Object returned) {
    dispatcher(event -> returned).dispatch(List.of(task(0, 1, "a")));

    int emitted =
        switch (returned) {
          case null -> 0;
          case java.util.Collection<?> collection -> collection.size();
          case Optional<?> optional -> optional.isPresent() ? 1 : 0;
          default -> 1;
        };
    assertThat(sent.records).hasSize(emitted);
    assertThat(status.counts().handled.sum()).isEqualTo(1);
    assertThat(deadLetters.records).isEmpty();
  }

  @Test
  void aStreamIsReadToItsEnd() {
    dispatcher(event -> Stream.of("one", "two").map(NotificationSent::new))
        .dispatch(List.of(task(0, 1, "a")));

    assertThat(sent.records).hasSize(2);
  }

  @Test
  void whatIsAddressedToOthersIsSkippedAndCounted() {
    ConsumerRecord<byte[], byte[]> header = record(TASKS_0, 1, "k", "no JSON");
    header.headers().add("event_type", "task.completed".getBytes(UTF_8));

    dispatcher(this::sms)
        .dispatch(
            List.of(
                header,
                record(TASKS_0, 2, "k", "{\"event_type\": \"task.deleted\"}"),
                record(TASKS_0, 3, "k", "no JSON"),
                task(0, 4, "a")));

    assertThat(handled).containsExactly("a");
    assertThat(status.counts().skipped.sum()).isEqualTo(2);
    assertThat(status.counts().unreadable.sum()).isEqualTo(1);
    assertThat(deadLetters.records).isEmpty();
  }

  @Test
  void aBatchIsNotFinishedBeforeItsSendsAreAcknowledged() throws Exception {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    sent.acknowledge(record -> acknowledged);
    EventDispatcher dispatcher = dispatcher(this::sms);

    Thread dispatching =
        Thread.startVirtualThread(() -> dispatcher.dispatch(List.of(task(0, 1, "a"))));
    await().until(() -> sent.records.size() == 1);

    assertThat(dispatching.join(Duration.ofMillis(50))).isFalse();
    assertThat(status.counts().handled.sum()).isZero();

    acknowledged.complete(null);

    assertThat(dispatching.join(Duration.ofSeconds(10))).isTrue();
    assertThat(status.counts().handled.sum()).isEqualTo(1);
  }

  @Test
  void sendsOfABatchAreOnTheirWayTogether() {
    List<CompletableFuture<Void>> pending = new ArrayList<>();
    sent.acknowledge(
        record -> {
          CompletableFuture<Void> acknowledged = new CompletableFuture<>();
          pending.add(acknowledged);
          if (pending.size() == 3) {
            pending.forEach(one -> one.complete(null));
          }
          return acknowledged;
        });

    dispatcher(this::sms).dispatch(List.of(task(0, 1, "a"), task(0, 2, "b"), task(0, 3, "c")));

    assertThat(status.counts().handled.sum()).isEqualTo(3);
  }

  @Test
  void aSendThatFailsInterruptsTheBatchAtTheFirstUnfinishedEventOfEachPartition() {
    sent.acknowledge(
        record ->
            new String(record.value(), UTF_8).contains("\"b\"")
                ? new CompletableFuture<Void>().orTimeout(10, TimeUnit.MILLISECONDS)
                : CompletableFuture.completedFuture(null));

    BatchInterrupted interrupted =
        interruption(
            dispatcher(this::sms),
            task(0, 10, "a"),
            task(0, 11, "b"),
            task(0, 12, "c"),
            task(1, 100, "d"));

    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 11L, TASKS_1, 101L));
    assertThat(interrupted.delay()).isPositive();
    assertThat(status.counts().interrupted.sum()).isEqualTo(1);
    assertThat(status.counts().handled.sum()).isEqualTo(3);
    assertThat(deadLetters.records).isEmpty();
    assertThat(status.state())
        .isEqualTo(
            new AgentState.Waiting("Kafka (TimeoutException)", NOW, NOW.plus(interrupted.delay())));
  }

  @Test
  void nothingIsSentBehindARecordThatTheProducerDoesNotTake() {
    sent.fail("\"b\"", new TimeoutException("no broker"));

    BatchInterrupted interrupted =
        interruption(
            dispatcher(this::sms),
            task(0, 10, "a", "k"),
            task(0, 11, "b", "k"),
            task(0, 12, "c", "k"));

    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 11L));
    assertThat(handled).containsExactly("a", "b");
  }

  @Test
  void whatIsUnderWaySinceAnEarlierBatchIsWaitedForBeforeItsEventIsHandledAgain() {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    sent.acknowledge(record -> acknowledged);
    EventDispatcher dispatcher =
        make(
            status,
            AgentFunction.of((Function<Event<?>, @Nullable Object>) this::sms),
            Duration.ofMillis(50));

    BatchInterrupted first = interruption(dispatcher, task(0, 1, "a"));
    BatchInterrupted second = interruption(dispatcher, task(0, 1, "a"));

    assertThat(first.resumeAt()).isEqualTo(Map.of(TASKS_0, 1L));
    assertThat(second.resumeAt()).isEqualTo(Map.of(TASKS_0, 1L));
    assertThat(handled).containsExactly("a");
    acknowledged.complete(null);
    dispatcher.dispatch(List.of(task(0, 1, "a")));
    assertThat(handled).containsExactly("a", "a");
    assertThat(sent.values()).hasSize(2);
    assertThat(header(sent.records.getFirst(), "event_id"))
        .isEqualTo(header(sent.records.getLast(), "event_id"));
  }

  @Test
  void aRecordOfAnotherTypeBehindAnUnfinishedEventComesAgainToo() {
    sent.fail("\"a\"", new TimeoutException("no broker"));

    BatchInterrupted interrupted =
        interruption(
            dispatcher(this::sms),
            record(TASKS_0, 9, "k", "{\"event_type\": \"task.deleted\"}"),
            task(0, 10, "a"),
            record(TASKS_0, 11, "k", "{\"event_type\": \"task.deleted\"}"),
            record(TASKS_1, 5, "k", "no JSON"));

    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 10L, TASKS_1, 6L));
  }

  @Test
  void anEventWhoseOutputCanNeverBeSentIsDeadLettered() {
    sent.fail("\"b\"", new RecordTooLargeException("2 MB"));

    dispatcher(this::sms).dispatch(List.of(task(0, 1, "a"), task(0, 2, "b"), task(0, 3, "c")));

    assertThat(letters()).containsExactly("e-b");
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.REASON))
        .startsWith("What it emitted cannot be sent")
        .contains("2 MB");
    assertThat(status.counts().handled.sum()).isEqualTo(2);
    assertThat(status.counts().deadLettered.sum()).isEqualTo(1);
  }

  @Test
  void anUnavailableDependencyStopsTheBatchThere() {
    BatchInterrupted interrupted =
        interruption(
            dispatcher(
                event -> {
                  if (event.eventId().equals("e-b")) {
                    throw new DependencyUnavailable("smtp:25", null);
                  }
                  handled.add(event.eventId());
                  return null;
                }),
            task(0, 10, "a"),
            task(0, 11, "b"),
            task(0, 12, "c"),
            task(1, 100, "d"));

    assertThat(handled).containsExactly("e-a");
    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 11L, TASKS_1, 100L));
    assertThat(status.state())
        .isEqualTo(new AgentState.Waiting("smtp:25", NOW, NOW.plus(interrupted.delay())));
    assertThat(deadLetters.records).isEmpty();
    assertThat(status.counts().retried.sum()).isZero();
  }

  @Test
  void aDependencyIsLeftAloneForAsLongAsItAsks() {
    assertThat(
            interruption(
                    dispatcher(
                        event -> {
                          throw new DependencyUnavailable("webhook", Duration.ofMinutes(7), null);
                        }),
                    task(0, 1, "a"))
                .delay())
        .isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void anOutageIsWaitedForLongerEachTimeUntilItIsOver() {
    AtomicInteger calls = new AtomicInteger();
    EventDispatcher dispatcher =
        dispatcher(
            event -> {
              if (calls.incrementAndGet() % 9 != 0) {
                throw new IllegalStateException(
                    new DependencyUnavailable("webhook", Duration.ofMillis(1), null));
              }
              return null;
            });
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      delays.add(interruption(dispatcher, task(0, 1, "a")).delay());
    }

    assertThat(delays)
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);

    dispatcher.dispatch(List.of(task(0, 1, "a")));

    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
    assertThat(interruption(dispatcher, task(0, 2, "b")).delay()).hasMillis(500);
  }

  @Test
  void aRejectedEventIsDeadLetteredAtOnce() {
    dispatcher(
            event -> {
              handled.add(event.eventId());
              if (event.eventId().equals("e-a")) {
                throw new RejectedEvent("no address");
              }
              return null;
            })
        .dispatch(List.of(task(0, 1, "a"), task(0, 2, "b")));

    assertThat(handled).containsExactly("e-a", "e-b");
    ProducerRecord<byte[], byte[]> letter = deadLetters.records.getFirst();
    assertThat(letter.topic()).isEqualTo("notification-sms-dead-letters");
    assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("no address");
    assertThat(header(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("1");
    assertThat(deadLetters.values().get(1))
        .contains("delivery.failed", "\"correlation_id\":\"req-1\"", "\"causation_id\":\"e-a\"");
    assertThat(status.counts().deadLettered.sum()).isEqualTo(1);
    assertThat(status.counts().handled.sum()).isEqualTo(1);
  }

  @Test
  void anythingElseIsTriedAgainAndThenDeadLettered() {
    dispatcher(
            event -> {
              handled.add(event.eventId());
              if (event.eventId().equals("e-a")) {
                throw new IllegalStateException("broken");
              }
              return null;
            })
        .dispatch(List.of(task(0, 1, "a"), task(0, 2, "b")));

    assertThat(handled).containsExactly("e-a", "e-b", "e-a", "e-a");
    assertThat(letters()).containsExactly("e-a");
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.ATTEMPTS)).isEqualTo("3");
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.REASON))
        .isEqualTo("IllegalStateException: broken");
    assertThat(status.counts().retried.sum()).isEqualTo(2);
  }

  @Test
  void anEventThatFailsHoldsItsOwnKeyBack() {
    AtomicInteger attempts = new AtomicInteger();
    dispatcher(
            event -> {
              handled.add(event.eventId());
              if (event.eventId().equals("e-a1") && attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              return null;
            })
        .dispatch(
            List.of(
                task(0, 1, "a1", "key-a"), task(0, 2, "a2", "key-a"), task(0, 3, "b", "key-b")));

    assertThat(handled).containsExactly("e-a1", "e-b", "e-a1", "e-a1", "e-a2");
    assertThat(deadLetters.records).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfOneEventIsAFailureOfThatEvent(Error error) {
    dispatcher(
            event -> {
              if (event.eventId().equals("e-a")) {
                throw error;
              }
              return null;
            })
        .dispatch(List.of(task(0, 1, "a"), task(0, 2, "b")));

    assertThat(letters()).containsExactly("e-a");
    assertThat(status.counts().handled.sum()).isEqualTo(1);
  }

  static Stream<Error> errors() {
    return Stream.of(
        new StackOverflowError(), new NoClassDefFoundError("x"), new AssertionError("x"));
  }

  @Test
  void anAgentThatRunsOutOfMemoryWaitsAndSaysSo() {
    assertThatThrownBy(
            () ->
                dispatcher(
                        event -> {
                          throw new OutOfMemoryError("none left");
                        })
                    .dispatch(List.of(task(0, 1, "a"))))
        .isInstanceOfSatisfying(
            BatchInterrupted.class,
            interrupted ->
                assertThat(interrupted.resumeAt()).containsExactly(Map.entry(TASKS_0, 1L)));
    assertThat(status.state())
        .isInstanceOfSatisfying(
            AgentState.Waiting.class,
            waiting -> assertThat(waiting.dependency()).contains("none left"));
    assertThat(deadLetters.records).isEmpty();
  }

  @Test
  void anEventThatTakesAllMemoryIsGivenUpAndWhatIsAroundItIsHandled() {
    EventDispatcher dispatcher =
        dispatcher(
            event -> {
              handled.add(event.eventId());
              if (event.eventId().equals("e-b")) {
                throw new OutOfMemoryError("none left");
              }
              return null;
            });
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(task(0, 1, "a"), task(0, 2, "b"), task(0, 3, "c"), task(1, 1, "d"));
    List<String> reasons = new ArrayList<>();

    for (int interruptions = 0; interruptions < 4; interruptions++) {
      BatchInterrupted interrupted = interruption(dispatcher, records);
      records =
          records.stream()
              .filter(
                  record ->
                      record.offset()
                          >= interrupted
                              .resumeAt()
                              .getOrDefault(
                                  new TopicPartition(record.topic(), record.partition()), 0L))
              .toList();
      reasons.add(((AgentState.Waiting) status.state()).dependency());
    }
    assertThat(deadLetters.records).isEmpty();
    dispatcher.dispatch(records);

    assertThat(reasons.removeFirst()).endsWith("none left (at or behind task-events-0@2)");
    assertThat(reasons).hasSize(3).allMatch(reason -> reason.endsWith("(at task-events-0@2)"));
    assertThat(handled).containsExactly("e-a", "e-b", "e-b", "e-b", "e-b", "e-c", "e-d");
    assertThat(letters()).containsExactly("e-b");
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.REASON))
        .contains("java.lang.OutOfMemoryError, 3 times");
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void nothingIsGivenUpWhereMemoryIsBack() {
    EventDispatcher dispatcher =
        dispatcher(
            event -> {
              handled.add(event.eventId());
              if (handled.size() < 4) {
                throw new OutOfMemoryError("none left");
              }
              return null;
            });
    List<ConsumerRecord<byte[], byte[]>> records = List.of(task(0, 1, "a"), task(0, 2, "b"));

    for (int interruptions = 0; interruptions < 3; interruptions++) {
      assertThat(interruption(dispatcher, records).resumeAt())
          .containsExactly(Map.entry(TASKS_0, 1L));
    }
    dispatcher.dispatch(records);

    assertThat(handled).containsExactly("e-a", "e-a", "e-a", "e-a", "e-b");
    assertThat(deadLetters.records).isEmpty();
  }

  @Test
  void whatAReplaySaysOfItselfIsConfirmedNoLongerThanAConfirmationCanBe() {
    dispatcher(this::sms).dispatch(List.of(replay("\"".repeat(600_000))));

    assertThat(handled).containsExactly("a");
    assertThat(deadLetters.records)
        .hasSize(2)
        .allSatisfy(
            record -> {
              assertThat(record.value() == null ? 0 : record.value().length).isLessThan(6_000);
              record.headers().forEach(header -> assertThat(header.value()).hasSizeLessThan(2_000));
            });
  }

  @Test
  void aReplayWhoseConfirmationCanNeverBeSentIsFinished() {
    deadLetters.acknowledge(
        record -> CompletableFuture.failedFuture(new RecordTooLargeException("2 MB")));

    dispatcher(this::sms).dispatch(List.of(replay("why")));

    assertThat(handled).containsExactly("a");
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void aReplayWhoseConfirmationCannotBeSentNowComesAgain() {
    deadLetters.acknowledge(record -> CompletableFuture.failedFuture(new TimeoutException("away")));

    assertThat(interruption(dispatcher(this::sms), replay("why")).resumeAt().values())
        .containsExactly(7L);
  }

  private static ConsumerRecord<byte[], byte[]> replay(String text) {
    ConsumerRecord<byte[], byte[]> replay =
        record(new TopicPartition("notification-sms-replays", 0), 7, "k", event("a"));
    Map.of(
            DeadLetterHeaders.TOPIC,
            "task-events",
            DeadLetterHeaders.PARTITION,
            "0",
            DeadLetterHeaders.OFFSET,
            "1",
            DeadLetterHeaders.FAILED_EVENT_ID,
            text,
            DeadLetterHeaders.REQUESTED_BY,
            text,
            DeadLetterHeaders.REQUESTED_WHY,
            text)
        .forEach((name, value) -> replay.headers().add(name, value.getBytes(UTF_8)));
    return replay;
  }

  @Test
  void aMalformedEventIsDeadLetteredAtOnce() {
    dispatcher(this::sms)
        .dispatch(
            List.of(
                record(TASKS_0, 1, "k", "{\"event_type\": \"task.created\", \"data\": {}}"),
                task(0, 2, "b")));

    assertThat(handled).containsExactly("b");
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.REASON))
        .isEqualTo("event_id is missing");
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.ATTEMPTS)).isEqualTo("1");
  }

  @Test
  void anAgentThatEmitsWhatItDoesNotDeclareIsFoundOut() {
    dispatcher(event -> new OrderPlaced("o")).dispatch(List.of(task(0, 1, "a")));

    assertThat(sent.records).isEmpty();
    assertThat(header(deadLetters.records.getFirst(), DeadLetterHeaders.REASON))
        .contains(OrderPlaced.class.getName());
  }

  @Test
  void aDeadLetterThatIsNotStoredInterruptsTheBatch() {
    deadLetters.acknowledge(
        record -> CompletableFuture.failedFuture(new TimeoutException("no broker")));

    BatchInterrupted interrupted =
        interruption(
            dispatcher(
                event -> {
                  handled.add(event.eventId());
                  throw new RejectedEvent("no");
                }),
            task(0, 10, "a"),
            task(0, 11, "b"));

    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 10L));
    assertThat(handled).containsExactly("e-a");
    assertThat(status.counts().deadLettered.sum()).isZero();
    assertThat(status.state())
        .extracting(state -> ((AgentState.Waiting) state).dependency())
        .asString()
        .startsWith("Kafka (dead letters:");
  }

  @Test
  void whatIsLeftWhenTheBatchHasTakenItsTimeComesAgainAtOnce() {
    EventDispatcher dispatcher = dispatcher(this::sms, Duration.ZERO);

    BatchInterrupted interrupted = interruption(dispatcher, task(0, 10, "a"), task(1, 5, "b"));

    assertThat(interrupted.delay()).isZero();
    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 10L, TASKS_1, 5L));
    assertThat(handled).isEmpty();
    assertThat(status.counts().interrupted.sum()).isZero();
  }

  @Test
  void anAgentThatStopsFinishesWhatItBegan() {
    EventDispatcher[] dispatcher = new EventDispatcher[1];
    dispatcher[0] =
        dispatcher(
            event -> {
              dispatcher[0].stop();
              return new NotificationSent(event.eventId());
            });

    BatchInterrupted interrupted = interruption(dispatcher[0], task(0, 10, "a"), task(0, 11, "b"));

    assertThat(sent.records).hasSize(1);
    assertThat(interrupted.resumeAt()).isEqualTo(Map.of(TASKS_0, 11L));
    assertThat(interrupted.delay()).isZero();
  }

  @Test
  void keysAreHandledSideBySide() {
    CyclicBarrier together = new CyclicBarrier(2);
    status = new AgentStatus(agent, THREE_ATTEMPTS, 2);

    dispatcher(
            event -> {
              try {
                together.await(10, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException("alone", e);
              }
              return null;
            })
        .dispatch(List.of(task(0, 1, "a"), task(0, 2, "b")));

    assertThat(status.counts().handled.sum()).isEqualTo(2);
    assertThat(status.counts().retried.sum()).isZero();
  }

  @Test
  void eventsWithoutAKeyWaitForNone() {
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(keyless(1, "a"), keyless(2, "b"), keyless(3, "c"));

    dispatcher(
            event -> {
              handled.add(event.eventId());
              if (event.eventId().equals("e-a") && handled.size() == 1) {
                throw new IllegalStateException("once");
              }
              return null;
            })
        .dispatch(records);

    assertThat(handled).containsExactly("e-a", "e-b", "e-c", "e-a");
  }

  @Test
  void theTraceOfTheCauseIsHandedOn() {
    ConsumerRecord<byte[], byte[]> record = task(0, 1, "a");
    record.headers().add(EventHeaders.TRACEPARENT, "00-trace-span-01".getBytes(UTF_8));

    dispatcher(this::sms).dispatch(List.of(record));

    assertThat(header(sent.records.getFirst(), EventHeaders.TRACEPARENT))
        .isEqualTo("00-trace-span-01");
  }

  @Test
  void logLinesOfAnAgentBearTheChainsIdAndNothingThatBreaksThem() {
    List<@Nullable String> seen = new ArrayList<>();
    Consumer<Event<?>> agentBean = event -> seen.add(MDC.get(EventHeaders.CORRELATION_ID));

    make(status, AgentFunction.of(agentBean), Duration.ofMinutes(1))
        .dispatch(
            List.of(
                task(0, 1, "a"),
                record(
                    TASKS_0,
                    2,
                    "k",
                    """
                    {"event_id": "e-2", "event_type": "task.created", "data": {"task_id": "t"},
                     "metadata": {"correlation_id": "a\\nERROR b/ü"}}\
                    """)));

    assertThat(seen).containsExactly("req-1", "a?ERROR b/ü");
    assertThat(MDC.get(EventHeaders.CORRELATION_ID)).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"DATABASE", "EXTERNAL"})
  void anAgentWithEffectsNeedsADatabase(Effects effects) {
    AgentDefinition withEffects =
        new AgentDefinition("billing", "billing", effects, agent.intake(), agent.emits());

    assertThatThrownBy(() -> make(new AgentStatus(withEffects, THREE_ATTEMPTS, 1)))
        .isInstanceOfSatisfying(
            InvalidAgent.class,
            refused -> {
              assertThat(refused.problem())
                  .contains("'billing' is of kind " + effects, "there is no DataSource");
              assertThat(refused.action()).contains("spring.datasource.url");
            });
  }

  @Test
  void countsAddUp() {
    sent.fail("\"c\"", new RecordTooLargeException("2 MB"));
    AgentCounts counts = status.counts();

    dispatcher(
            event -> {
              if (event.eventId().equals("e-b")) {
                throw new RejectedEvent("no");
              }
              return List.of(
                  new NotificationSent(event.eventId().substring(2)), new NotificationSent("x"));
            })
        .dispatch(
            List.of(
                task(0, 1, "a"),
                task(0, 2, "b"),
                task(0, 3, "c"),
                record(TASKS_0, 4, "k", "no JSON")));

    assertThat(counts.handled.sum()).isEqualTo(1);
    assertThat(counts.emitted.sum()).isEqualTo(2);
    assertThat(counts.deadLettered.sum()).isEqualTo(2);
    assertThat(counts.unreadable.sum()).isEqualTo(1);
    assertThat(counts.skipped.sum() + counts.retried.sum() + counts.interrupted.sum()).isZero();
  }

  private @Nullable Object sms(Event<?> event) {
    String taskId = ((TaskCreated) event.data()).taskId();
    handled.add(taskId);
    return new NotificationSent(taskId);
  }

  private EventDispatcher dispatcher(Function<Event<?>, @Nullable Object> function) {
    return dispatcher(function, Duration.ofMinutes(1));
  }

  private EventDispatcher dispatcher(
      Function<Event<?>, @Nullable Object> function, Duration batchTime) {
    return make(status, AgentFunction.of(function), batchTime);
  }

  private EventDispatcher make(AgentStatus ofStatus) {
    return make(
        ofStatus,
        AgentFunction.of((Function<Event<?>, @Nullable Object>) this::sms),
        Duration.ofMinutes(1));
  }

  private EventDispatcher make(AgentStatus ofStatus, AgentFunction function, Duration batchTime) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    EventReader reader = new EventReader();
    EventWriter writer = new EventWriter();
    Resolutions resolutions = new Resolutions(deadLetters, reader, writer, clock);
    return new EventDispatchers(
            reader,
            writer,
            EventTraces.handedOn(),
            new DeadLetters(deadLetters, reader, writer, resolutions, clock),
            resolutions,
            workers,
            null,
            clock)
        .make(
            ofStatus,
            PayloadTypes.of(TaskCreated.class),
            function,
            domain -> "our-" + domain,
            sent,
            Duration.ofHours(24),
            batchTime);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static BatchInterrupted interruption(
      EventDispatcher dispatcher, ConsumerRecord<byte[], byte[]>... records) {
    return interruption(dispatcher, List.of(records));
  }

  private static BatchInterrupted interruption(
      EventDispatcher dispatcher, List<ConsumerRecord<byte[], byte[]>> records) {
    BatchInterrupted interrupted =
        catchThrowableOfType(BatchInterrupted.class, () -> dispatcher.dispatch(records));
    assertThat(interrupted).isNotNull();
    return interrupted;
  }

  private static ConsumerRecord<byte[], byte[]> task(int partition, long offset, String id) {
    return task(partition, offset, id, "key-" + id);
  }

  private static ConsumerRecord<byte[], byte[]> task(
      int partition, long offset, String id, String key) {
    return record(new TopicPartition("task-events", partition), offset, key, event(id));
  }

  private static ConsumerRecord<byte[], byte[]> keyless(long offset, String id) {
    return new ConsumerRecord<>("task-events", 0, offset, null, event(id).getBytes(UTF_8));
  }

  private static String event(String id) {
    return """
    {"event_id": "e-%1$s", "event_type": "task.created", "occurred_at": "2025-01-15T14:29:00Z",
     "data": {"task_id": "%1$s"}, "metadata": {"correlation_id": "req-1"}}\
    """
        .formatted(id);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, String key, String value) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        key.getBytes(UTF_8),
        value.getBytes(UTF_8));
  }

  /** The ids of the events that were dead-lettered. */
  private List<String> letters() {
    return deadLetters.records.stream()
        .filter(record -> record.topic().endsWith("-dead-letters"))
        .map(record -> new String(record.value(), UTF_8))
        .map(value -> value.replaceAll("(?s).*\"event_id\": \"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    Headers headers = record.headers();
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
