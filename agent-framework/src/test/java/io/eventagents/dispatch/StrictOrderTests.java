package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.Ordering;
import io.eventagents.RejectedEvent;
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
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@link Ordering#STRICT} on a real database: which events wait, and in which order they are
 * handled.
 */
@Timeout(60)
class StrictOrderTests {

  @EventType("account.changed")
  record AccountChanged(String step) {}

  /** Both kinds of agents with a database. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @ParameterizedTest
  @EnumSource(names = {"DATABASE", "EXTERNAL"})
  @interface BothKinds {}

  private final TestDatabase database = TestDatabase.create();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final SentRecords letters = new SentRecords();
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final Set<String> rejected = ConcurrentHashMap.newKeySet();
  private final Set<String> unavailable = ConcurrentHashMap.newKeySet();
  private final JdbcTransactionManager transactions =
      new JdbcTransactionManager(database.dataSource());
  private final HeldKeys heldKeys =
      new HeldKeys(database.dataSource(), database.schema(), transactions);

  @AfterEach
  void close() {
    workers.close();
  }

  @BothKinds
  void laterEventsOfTheKeyWaitAndOthersDoNot(Effects effects) {
    rejected.add("a1");

    dispatcher(effects)
        .dispatch(List.of(event(1, "a", "a1"), event(2, "b", "b1"), event(3, "a", "a2")));
    dispatcher(effects).dispatch(List.of(event(4, "a", "a3"), event(5, "b", "b2")));

    assertThat(handled).containsExactlyInAnyOrder("b1", "b2");
    assertThat(lettersKept()).hasSize(1);
    assertThat(heldKeys.count("ledger")).isEqualTo(2);
    assertThat(heldKeys.keyCount("ledger")).isEqualTo(1);
  }

  @BothKinds
  void aReplayIsFollowedByWhatWaitedInItsOrder(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 3);
    rejected.clear();

    dispatcher.dispatch(List.of(replay(0, lettersKept().getFirst()), event(4, "a", "a4")));
    dispatcher.dispatch(List.of(event(5, "a", "a5")));

    assertThat(handled).containsExactly("a1", "a2", "a3", "a4", "a5");
    assertThat(heldKeys.keyCount("ledger")).isZero();
    assertThat(states()).containsExactly("replayed");
  }

  @BothKinds
  void aDiscardIsFollowedByWhatWaited(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 2);

    dispatcher.dispatch(List.of(discard(0, lettersKept().getFirst())));
    dispatcher.dispatch(List.of(event(3, "a", "a3")));

    assertThat(handled).containsExactly("a2", "a3");
    assertThat(states()).containsExactly("discarded");
  }

  @BothKinds
  void nothingIsGivenUpOrPassedOrRepeatedWhileTheDatabaseRefuses(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 3);
    rejected.clear();
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(replay(0, lettersKept().getFirst()), event(4, "a", "a4"), event(5, "b", "b1"));
    database.refuse("25006");
    for (int i = 0; i < 4; i++) {
      assertThatExceptionOfType(BatchInterrupted.class)
          .isThrownBy(() -> dispatcher.dispatch(batch))
          .withMessageContaining("25006");
    }
    database.accept();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              try {
                dispatcher.dispatch(batch);
                return true;
              } catch (BatchInterrupted e) {
                return false;
              }
            });

    assertThat(handled).containsExactlyInAnyOrder("a1", "a2", "a3", "a4", "b1");
    assertThat(handled).containsSubsequence("a1", "a2", "a3", "a4");
    assertThat(lettersKept()).hasSize(1);
    assertThat(heldKeys.keyCount("ledger")).isZero();
  }

  @BothKinds
  void whatFailsWhileItWaitedHoldsTheKeyInItsTurn(Effects effects) {
    rejected.addAll(List.of("a1", "a2"));
    EventDispatcher dispatcher = dispatcher(effects);
    dispatcher.dispatch(List.of(event(1, "a", "a1"), event(2, "a", "a2"), event(3, "a", "a3")));
    rejected.remove("a1");

    dispatcher.dispatch(List.of(replay(0, lettersKept().getFirst())));

    assertThat(handled).containsExactly("a1");
    assertThat(states()).containsExactly("replayed");
    assertThat(lettersKept()).hasSize(2);
    assertThat(heldKeys.count("ledger")).isEqualTo(1);

    dispatcher.dispatch(List.of(discard(1, lettersKept().getLast())));

    assertThat(handled).containsExactly("a1", "a3");
    assertThat(heldKeys.keyCount("ledger")).isZero();
  }

  @BothKinds
  void aReplayThatFailsAgainGoesOnHoldingTheKey(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 2);

    dispatcher.dispatch(List.of(replay(0, lettersKept().getFirst())));

    assertThat(states()).containsExactly("failed_again");
    assertThat(handled).isEmpty();

    rejected.clear();
    dispatcher.dispatch(List.of(replay(1, lettersKept().getLast())));

    assertThat(handled).containsExactly("a1", "a2");
    assertThat(heldKeys.keyCount("ledger")).isZero();
  }

  @BothKinds
  void replayingTwiceDoesNoHarm(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 2);
    rejected.clear();

    ProducerRecord<byte[], byte[]> letter = lettersKept().getFirst();
    dispatcher.dispatch(List.of(replay(0, letter), replay(1, letter)));
    dispatcher.dispatch(List.of(replay(2, letter)));

    assertThat(handled).containsExactly("a1", "a2");
    assertThat(replayedIds()).hasSize(1);
  }

  @BothKinds
  void anOutageInTheMiddleOfWhatWaitedGoesOnWhereItWas(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 3);
    rejected.clear();
    unavailable.add("a3");
    ConsumerRecord<byte[], byte[]> replay = replay(0, lettersKept().getFirst());

    BatchInterrupted interrupted =
        catchThrowableOfType(BatchInterrupted.class, () -> dispatcher.dispatch(List.of(replay)));

    assertThat(interrupted).isNotNull();
    assertThat(interrupted.resumeAt()).containsValue(0L);
    assertThat(states()).isEmpty();

    unavailable.clear();
    dispatcher.dispatch(List.of(replay));

    assertThat(handled).containsExactly("a1", "a2", "a3");
    assertThat(states()).containsExactly("replayed");
    assertThat(lettersKept()).hasSize(1);
  }

  @BothKinds
  void aMalformedEventHoldsItsKeyButNotWhatIsBeforeIt(Effects effects) {
    dispatcher(effects)
        .dispatch(List.of(event(1, "a", "a1"), malformed(2, "a"), event(3, "a", "a3")));

    assertThat(handled).containsExactly("a1");
    assertThat(lettersKept()).hasSize(1);
    assertThat(heldKeys.count("ledger")).isEqualTo(1);
  }

  @BothKinds
  void whatComesOnceMoreWaitsOnce(Effects effects) {
    rejected.add("a1");
    EventDispatcher dispatcher = dispatcher(effects);
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(event(1, "a", "a1"), event(2, "a", "a2"), event(3, "a", "a3"));
    dispatcher.dispatch(batch);

    dispatcher.dispatch(batch);

    assertThat(heldKeys.count("ledger")).isEqualTo(2);
    rejected.clear();
    dispatcher.dispatch(List.of(replay(0, lettersKept().getFirst())));
    assertThat(handled).containsExactly("a1", "a2", "a3");
  }

  @BothKinds
  void aFailedEventThatComesAgainAndSucceedsLetsTheOthersGo(Effects effects) {
    EventDispatcher dispatcher = heldByItsFirst(effects, 2);
    rejected.clear();

    dispatcher.dispatch(List.of(event(1, "a", "a1"), event(2, "a", "a2"), event(3, "a", "a3")));

    assertThat(handled).containsExactly("a1", "a2", "a3");
    assertThat(heldKeys.keyCount("ledger")).isZero();
  }

  /** A dispatcher that received a number of events of the key {@code a} and rejected the first. */
  private EventDispatcher heldByItsFirst(Effects effects, int events) {
    rejected.add("a1");
    EventDispatcher dispatcher = dispatcher(effects);
    dispatcher.dispatch(
        IntStream.rangeClosed(1, events).mapToObj(n -> event(n, "a", "a" + n)).toList());
    return dispatcher;
  }

  private EventDispatcher dispatcher(Effects effects) {
    AgentDefinition agent =
        new AgentDefinition(
            "ledger",
            "ledger",
            effects,
            Ordering.STRICT,
            new Intake.Events(PayloadTypes.of(AccountChanged.class)),
            PayloadTypes.none());
    Consumer<Event<AccountChanged>> ledger =
        event -> {
          String step = event.data().step();
          if (rejected.contains(step)) {
            throw new RejectedEvent("no " + step);
          }
          if (unavailable.contains(step)) {
            throw new DependencyUnavailable("the bank", null);
          }
          handled.add(step);
        };
    EventReader reader = new EventReader();
    EventWriter writer = new EventWriter();
    Clock clock = Clock.systemUTC();
    Resolutions resolutions = new Resolutions(letters, reader, writer, clock);
    return new EventDispatchers(
            reader,
            writer,
            EventTraces.handedOn(),
            new DeadLetters(letters, reader, writer, resolutions, clock),
            resolutions,
            workers,
            new DatabaseHandlings(
                new Inbox(database.dataSource(), database.schema()),
                new Outbox(database.dataSource(), database.schema()),
                heldKeys,
                new TransactionTemplate(transactions)),
            clock)
        .make(
            new AgentStatus(
                agent,
                new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0),
                effects == Effects.EXTERNAL ? 4 : 1),
            PayloadTypes.of(AccountChanged.class),
            AgentFunction.of(ledger),
            domain -> domain,
            record -> {
              throw new IllegalStateException("it emits nothing");
            },
            Duration.ofHours(1),
            Duration.ofMinutes(1));
  }

  private static ConsumerRecord<byte[], byte[]> event(long offset, String key, String step) {
    return record(
        offset,
        key,
        """
        {"event_id": "e-%1$s", "event_type": "account.changed", "data": {"step": "%1$s"},
         "metadata": {"correlation_id": "req-1"}}\
        """
            .formatted(step));
  }

  private static ConsumerRecord<byte[], byte[]> malformed(long offset, String key) {
    return record(
        offset, key, "{\"event_type\": \"account.changed\", \"data\": {\"step\": \"x\"}}");
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
    return new ConsumerRecord<>(
        "account-events",
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

  private static ConsumerRecord<byte[], byte[]> replay(
      long offset, ProducerRecord<byte[], byte[]> letter) {
    ConsumerRecord<byte[], byte[]> replay =
        new ConsumerRecord<>("ledger-replays", 0, offset, letter.key(), letter.value());
    letter.headers().forEach(replay.headers()::add);
    return replay;
  }

  private static ConsumerRecord<byte[], byte[]> discard(
      long offset, ProducerRecord<byte[], byte[]> letter) {
    ConsumerRecord<byte[], byte[]> discard = replay(offset, letter);
    discard.headers().add(DeadLetterHeaders.REQUEST, "discard".getBytes(UTF_8));
    return discard;
  }

  private List<ProducerRecord<byte[], byte[]>> lettersKept() {
    return letters.records.stream()
        .filter(record -> record.topic().equals("ledger-dead-letters"))
        .toList();
  }

  /** What was noted about letters, in order. */
  private List<String> states() {
    return letters.records.stream()
        .filter(record -> record.topic().equals(Resolutions.TOPIC))
        .map(record -> text(record, "dead_letter_state"))
        .toList();
  }

  private Set<String> replayedIds() {
    return letters.records.stream()
        .filter(record -> record.topic().equals("delivery-events"))
        .filter(record -> text(record, "event_type").equals("delivery.replayed"))
        .map(record -> text(record, "event_id"))
        .collect(Collectors.toSet());
  }

  private static String text(ProducerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), UTF_8);
  }
}
