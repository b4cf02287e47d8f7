package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.Effects;
import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.Ordering;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.deadletter.DeadLetterHeaders;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.inbox.Inbox;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.TestDatabase;
import io.eventagents.retry.BatchInterrupted;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadTypes;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Agents that call others, on a real database: whatever fails after the call, the call is made
 * once.
 */
@Timeout(60)
@SuppressWarnings("DoNotCallSuggester") // Getters that throw are what is tested.
class ExternalCallsTests {

  @EventType("order.placed")
  record OrderPlaced(String orderId) {}

  @EventType("customer.told")
  record CustomerTold(@Nullable @EntityKey String orderId, double weight, Object more) {}

  @EventType("customer.lost")
  record CustomerLost(String orderId) {}

  private static final int CONCURRENCY = 4;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.create();
  private final Outbox outbox = new Outbox(database.dataSource(), database.schema());
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final SentRecords letters = new SentRecords();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile EventTraces traces = EventTraces.handedOn();
  private final AtomicInteger transactionsToFail = new AtomicInteger();
  private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(() -> {});
  private volatile Function<OrderPlaced, @Nullable Object> answer =
      order -> new CustomerTold(order.orderId(), 1, "");

  private final JdbcTransactionManager transactions =
      new JdbcTransactionManager(database.dataSource()) {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
          if (transactionsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new CannotCreateTransactionException(
                "no database", new SQLTransientConnectionException("down"));
          }
          super.doBegin(transaction, definition);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
          super.doCommit(status);
          afterCommit.getAndSet(() -> {}).run();
        }
      };

  @AfterEach
  void close() {
    workers.close();
  }

  static Stream<Function<OrderPlaced, @Nullable Object>> unwritable() {
    return Stream.of(
        order -> new CustomerLost(order.orderId()),
        order -> new CustomerTold(null, 1, ""),
        order -> new CustomerTold(order.orderId(), 1, new Unreadable()),
        order -> new CustomerTold(order.orderId(), 1, new Impossible()),
        order -> Arrays.asList(new CustomerTold(order.orderId(), 1, ""), null));
  }

  record Unreadable() {
    public String getText() {
      throw new IllegalStateException("no text");
    }
  }

  record Impossible() {
    public String getText() {
      throw new AssertionError("impossible");
    }
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void isNotRepeatedWhereItsResultCannotBeEmitted(Function<OrderPlaced, @Nullable Object> bad) {
    answer = bad;

    dispatcher(ExternalCallsTests::topicOf).dispatch(List.of(placed(1, "a")));

    assertThat(calls).containsExactly("a");
    assertThat(database.count("outbox")).isZero();
    assertThat(lettersKept())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(header(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("1");
              assertThat(header(letter, DeadLetterHeaders.REASON))
                  .startsWith("The agent has done its work and is not called again")
                  .contains("A replay calls it once more");
            });
  }

  @Test
  void isNotRepeatedWhereTheBatchComesAgain() {
    answer = order -> new CustomerLost(order.orderId());
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);

    dispatcher.dispatch(List.of(placed(1, "a")));
    dispatcher.dispatch(List.of(placed(1, "a")));

    assertThat(calls).containsExactly("a");
  }

  @Test
  void isRepeatedWhereSomebodyReplaysWhatCouldNotBeEmitted() {
    answer = order -> new CustomerLost(order.orderId());
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    dispatcher.dispatch(List.of(placed(1, "a")));
    answer = order -> new CustomerTold(order.orderId(), 1, "");

    dispatcher.dispatch(List.of(replay(lettersKept().getFirst())));

    assertThat(calls).containsExactly("a", "a");
    assertThat(database.count("outbox")).isOne();
  }

  @Test
  void isRepeatedOncePerReplayHoweverLongTheDeadLettersTakeNothing() {
    answer = order -> new CustomerLost(order.orderId());
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    dispatcher.dispatch(List.of(placed(1, "a")));
    ConsumerRecord<byte[], byte[]> replay = replay(lettersKept().getFirst());
    letters.acknowledge(record -> CompletableFuture.failedFuture(new TimeoutException("away")));

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(List.of(replay)));
    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(List.of(replay)));

    assertThat(calls).containsExactly("a", "a");
  }

  @Test
  void isNotRepeatedWhereOnlyItsObservationFails() {
    traces = new FailingBehindTheCall();

    dispatcher(ExternalCallsTests::topicOf).dispatch(List.of(placed(1, "a")));

    assertThat(calls).containsExactly("a");
    assertThat(database.count("outbox")).isOne();
    assertThat(lettersKept()).isEmpty();
  }

  @Test
  void isNotRepeatedWhereItsResultCannotBeEmittedAndItsObservationFailsToo() {
    traces = new FailingBehindTheCall();
    answer = order -> new CustomerLost(order.orderId());

    dispatcher(ExternalCallsTests::topicOf).dispatch(List.of(placed(1, "a")));

    assertThat(calls).containsExactly("a");
    assertThat(lettersKept()).hasSize(1);
  }

  private static final class FailingBehindTheCall implements EventTraces {

    @Override
    public <T> T observe(
        String agent, ConsumerRecord<byte[], byte[]> record, Event<?> event, Supplier<T> work) {
      try {
        var unused = work.get();
      } catch (RuntimeException e) {
        throw new IllegalStateException("no handler works", e);
      }
      throw new IllegalStateException("no handler works");
    }

    @Override
    public void propagate(Headers outgoing, @Nullable Headers incoming) {}
  }

  @Test
  void isNotRepeatedWhereTheDatabaseIsAwayWhenItIsRecorded() {
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    transactionsToFail.set(1);

    BatchInterrupted interrupted =
        catchThrowableOfType(
            BatchInterrupted.class, () -> dispatcher.dispatch(List.of(placed(1, "a"))));
    dispatcher.dispatch(List.of(placed(1, "a")));

    assertThat(interrupted).isNotNull();
    assertThat(calls).containsExactly("a");
    assertThat(database.count("inbox")).isOne();
    assertThat(database.count("outbox")).isOne();
    assertThat(lettersKept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"25006", "28000", "42501", "53100", "57P03", "58030", "XX001"})
  void isMadeForNoMoreThanTheFirstEventsWhileTheDatabaseRefuses(String sqlState) {
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    List<ConsumerRecord<byte[], byte[]>> batch =
        IntStream.range(0, 50).mapToObj(n -> placed(n, "order-" + n)).toList();
    database.refuse(sqlState);

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(batch))
        .withMessageContaining("SQLSTATE " + sqlState);
    assertThat(calls).hasSizeBetween(1, CONCURRENCY);
    List<String> made = List.copyOf(calls);
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(BatchInterrupted.class)
          .isThrownBy(() -> dispatcher.dispatch(batch));
    }
    assertThat(calls).containsExactlyElementsOf(made);
    database.accept();
    Awaitility.await().atMost(SOON).until(() -> isFinished(dispatcher, batch));

    assertThat(calls).hasSize(50).doesNotHaveDuplicates();
    assertThat(database.count("inbox")).isEqualTo(50);
    assertThat(database.count("outbox")).isEqualTo(50);
    assertThat(lettersKept()).isEmpty();
  }

  /** A batch that is under way needs not meet the refusal itself. */
  @Test
  void isMadeForNoFurtherEventOnceSomebodyElseMetTheRefusal() {
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(
            record(1, "a", event("e-1", "req-1", "a")), record(2, "a", event("e-2", "req-1", "a")));
    afterCommit.set(
        () -> {
          database.refuse("25006");
          outbox.writes().failed(new SQLException("read-only", "25006"));
        });

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(batch))
        .withMessageContaining("SQLSTATE 25006");
    assertThat(calls).containsExactly("a");
    assertThat(database.count("inbox")).isOne();
    database.accept();
    Awaitility.await().atMost(SOON).until(() -> isFinished(dispatcher, batch));

    assertThat(calls).containsExactly("a", "a");
    assertThat(database.count("inbox")).isEqualTo(2);
    assertThat(lettersKept()).isEmpty();
  }

  private static boolean isFinished(
      EventDispatcher dispatcher, List<ConsumerRecord<byte[], byte[]>> batch) {
    try {
      dispatcher.dispatch(batch);
      return true;
    } catch (BatchInterrupted e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03", "57014"})
  void isNotRepeatedNorItsEventGivenUpWhereItsTransactionLosesAgainAndAgain(String sqlState) {
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    database.refuse(sqlState);

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(List.of(placed(1, "a"))));
    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(List.of(placed(1, "a"))));
    database.accept();
    dispatcher.dispatch(List.of(placed(1, "a")));

    assertThat(calls).containsExactly("a");
    assertThat(lettersKept()).isEmpty();
    assertThat(database.count("inbox")).isOne();
  }

  @Test
  void isNotBlamedForWhatTheDatabaseRefusesToEverybody() {
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    // As a server says that has run out of transaction ids; it says so of a row that is too large
    // too.
    database.refuse("54000");

    assertThatExceptionOfType(BatchInterrupted.class)
        .isThrownBy(() -> dispatcher.dispatch(List.of(placed(1, "a"))));
    database.accept();
    Awaitility.await().atMost(SOON).until(() -> isFinished(dispatcher, List.of(placed(1, "a"))));

    assertThat(calls).containsExactly("a");
    assertThat(lettersKept()).isEmpty();
  }

  @Test
  void isNotMadeAgainWhereTheFunctionItselfMetTheRefusal() {
    EventDispatcher dispatcher = dispatcher(ExternalCallsTests::topicOf);
    answer =
        order -> {
          throw new UncategorizedSQLException(
              "tracking", "INSERT", new SQLException("read-only", "25006"));
        };
    database.refuse("25006");

    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(BatchInterrupted.class)
          .isThrownBy(() -> dispatcher.dispatch(List.of(placed(1, "a"))));
    }

    assertThat(calls).containsExactly("a");
    assertThat(lettersKept()).isEmpty();
  }

  @Test
  void isNotRepeatedWhereTheDatabaseRefusesWhatFollows() {
    dispatcher(domain -> "no\0topic").dispatch(List.of(placed(1, "a"), placed(2, "b")));

    assertThat(calls).containsExactlyInAnyOrder("a", "b");
    assertThat(lettersKept()).hasSize(2);
  }

  @Test
  void leadsToEventsWhateverTheIdsOfItsCauseHold() {
    String odd = "x\\u0000\\ud800\\ue000 " + "y".repeat(6_000);

    dispatcher(ExternalCallsTests::topicOf).dispatch(List.of(record(1, "k", event(odd, odd, odd))));
    dispatcher(ExternalCallsTests::topicOf).dispatch(List.of(record(1, "k", event(odd, odd, odd))));

    assertThat(calls).hasSize(1);
    assertThat(lettersKept()).isEmpty();
    assertThat(database.count("inbox")).isOne();
    assertThat(database.count("outbox")).isOne();
  }

  @Test
  void isNotMadeForIdsThatNothingCouldCarry() {
    String longest = "z".repeat(16_384);
    dispatcher(ExternalCallsTests::topicOf)
        .dispatch(
            List.of(
                record(1, "k", event(longest + "z", "req-1", "a")),
                record(2, "k", event("e-2", longest + "z", "b")),
                record(3, "k", event(longest, longest, "c"))));

    assertThat(calls).containsExactly("c");
    assertThat(lettersKept())
        .extracting(letter -> header(letter, DeadLetterHeaders.REASON))
        .containsExactly(
            "event_id must have at most 16384 characters, and has 16385",
            "correlation_id must have at most 16384 characters, and has 16385");
    assertThat(letters.records)
        .filteredOn(record -> record.topic().equals("delivery-events"))
        .allSatisfy(record -> assertThat(record.value()).hasSizeLessThan(2_000));
  }

  private EventDispatcher dispatcher(UnaryOperator<String> topicOfDomain) {
    AgentDefinition agent =
        new AgentDefinition(
            "telling",
            "telling",
            Effects.EXTERNAL,
            Ordering.PASSING,
            new Intake.Events(PayloadTypes.of(OrderPlaced.class)),
            PayloadTypes.of(CustomerTold.class));
    Function<Event<OrderPlaced>, @Nullable Object> telling =
        event -> {
          calls.add(event.data().orderId());
          return answer.apply(event.data());
        };
    EventReader reader = new EventReader();
    EventWriter writer = new EventWriter();
    Clock clock = Clock.systemUTC();
    Resolutions resolutions = new Resolutions(letters, reader, writer, clock);
    return new EventDispatchers(
            reader,
            writer,
            traces,
            new DeadLetters(letters, reader, writer, resolutions, clock),
            resolutions,
            workers,
            new DatabaseHandlings(
                new Inbox(database.dataSource(), database.schema()),
                outbox,
                new HeldKeys(database.dataSource(), database.schema(), transactions),
                new TransactionTemplate(transactions)),
            clock)
        .make(
            new AgentStatus(
                agent,
                new RetryPolicy(3, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0),
                CONCURRENCY),
            PayloadTypes.of(OrderPlaced.class),
            AgentFunction.of(telling),
            topicOfDomain,
            record -> {
              throw new IllegalStateException("it sends nothing itself");
            },
            Duration.ofHours(1),
            Duration.ofMinutes(1));
  }

  private static ConsumerRecord<byte[], byte[]> placed(long offset, String order) {
    return record(offset, order, event("e-" + order, "req-1", order));
  }

  private static String event(String id, String correlation, String order) {
    return """
        {"event_id": "%s", "event_type": "order.placed", "data": {"order_id": "%s"},
         "metadata": {"correlation_id": "%s"}}\
        """
        .formatted(id, order, correlation);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
    return new ConsumerRecord<>(
        "order-events",
        0,
        offset,
        System.currentTimeMillis(),
        TimestampType.CREATE_TIME,
        key.length(),
        value.length(),
        key.getBytes(UTF_8),
        value.getBytes(UTF_8),
        new RecordHeaders(),
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> replay(ProducerRecord<byte[], byte[]> letter) {
    ConsumerRecord<byte[], byte[]> replay =
        new ConsumerRecord<>("telling-replays", 0, 0, letter.key(), letter.value());
    letter.headers().forEach(replay.headers()::add);
    return replay;
  }

  private List<ProducerRecord<byte[], byte[]>> lettersKept() {
    return letters.records.stream()
        .filter(record -> record.topic().equals("telling-dead-letters"))
        .toList();
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static String topicOf(String domain) {
    return domain + "-events";
  }
}
