package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.send.RecordSender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class OutboxRelayTests {

  private static final ParkedSelection ALL = new ParkedSelection(null, null, null, null);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final EmbeddedKafka kafka = EmbeddedServers.kafka();
  private final TestDatabase database = TestDatabase.create();
  private final Outbox outbox = new Outbox(database.dataSource(), database.schema());
  private final KafkaSender sender = new KafkaSender(kafka);
  private final List<AutoCloseable> toClose = new ArrayList<>(List.of(sender));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : toClose.reversed()) {
      closeable.close();
    }
  }

  @Test
  void sendsAtOnceWhatThisProcessCommits() {
    TestTopic topic = TestTopic.create(kafka);
    OutboxRelay relay = relay(outbox, sender, NEVER);
    await().atMost(SOON).until(() -> relay.state() == RelayState.SENDING);

    database.inTransaction(
        () -> {
          outbox.write(List.of(topic.record("task-1", "a")));
          // Woken now, the relay would find nothing, and look again in an hour.
          await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> sender.asked().isEmpty());
        });

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(topic.values()).containsExactly("a");
  }

  @Test
  void sendsWhatOtherInstancesCommit() {
    TestTopic topic = TestTopic.create(kafka);
    Outbox elsewhere = new Outbox(database.dataSource(), database.schema());
    relay(outbox, sender, Duration.ofMillis(20));

    database.inTransaction(() -> elsewhere.write(List.of(topic.record("task-1", "a"))));

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(topic.values()).containsExactly("a");
  }

  @Test
  void sendsRecordsAsTheyWereWritten() {
    TestTopic topic = TestTopic.create(kafka);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic.name(), 2, 1_700_000_000_123L, new byte[] {0, -1}, new byte[] {-2, 0});
    record.headers().add("event_id", "e-1".getBytes(UTF_8));
    record.headers().add("twice", new byte[] {1});
    record.headers().add("twice", null);
    relay(outbox, sender, NEVER);

    database.inTransaction(() -> outbox.write(List.of(record)));

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    ConsumerRecord<byte[], byte[]> sent = topic.records().getFirst();
    assertThat(sent.partition()).isEqualTo(2);
    assertThat(sent.timestamp()).isEqualTo(1_700_000_000_123L);
    assertThat(sent.key()).isEqualTo(record.key());
    assertThat(sent.value()).isEqualTo(record.value());
    assertThat(sent.headers().toArray()).containsExactly(record.headers().toArray());
  }

  @Test
  void sendsNothingOfATransactionBeforeItsCommitAndItsRecordsEvenIfLaterOnesAreSent()
      throws Exception {
    TestTopic topic = TestTopic.create(kafka);
    relay(outbox, sender, Duration.ofMillis(20));
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    try (ExecutorService slow = Executors.newSingleThreadExecutor()) {
      Future<?> first =
          slow.submit(
              () ->
                  database.inTransaction(
                      () -> {
                        outbox.write(List.of(topic.record("task-1", "first")));
                        written.countDown();
                        awaitQuietly(mayCommit);
                      }));
      awaitQuietly(written);
      database.inTransaction(() -> outbox.write(List.of(topic.record("task-2", "second"))));
      await().atMost(SOON).until(() -> topic.values().equals(List.of("second")));
      mayCommit.countDown();
      first.get(20, TimeUnit.SECONDS);
    }

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(topic.values()).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void keepsTheOrderOfAnEntityWhoseRowIsLockedFirst() throws Exception {
    TestTopic topic = TestTopic.create(kafka);
    database.sql("CREATE TABLE SCHEMA.tasks (id text PRIMARY KEY, version integer)").update();
    List<String> tasks = List.of("task-1", "task-2", "task-3");
    tasks.forEach(
        task -> database.sql("INSERT INTO SCHEMA.tasks VALUES (?, 0)").param(task).update());
    relay(outbox, sender, Duration.ofMillis(5));
    int writers = 4;
    int changes = 60;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        all.add(
            threads.submit(
                () ->
                    IntStream.range(0, changes)
                        .mapToObj(n -> tasks.get(n % tasks.size()))
                        .forEach(task -> change(task, topic))));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    }

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    List<String> versions =
        IntStream.rangeClosed(1, writers * changes / tasks.size())
            .mapToObj(Integer::toString)
            .toList();
    assertThat(tasks).allSatisfy(task -> assertThat(topic.values(task)).isEqualTo(versions));
  }

  private void change(String task, TestTopic topic) {
    database.inTransaction(
        () -> {
          int version =
              database
                  .sql(
                      "UPDATE SCHEMA.tasks SET version = version + 1 WHERE id = ? RETURNING version")
                  .param(task)
                  .query(Integer.class)
                  .single();
          outbox.write(List.of(topic.record(task, Integer.toString(version))));
        });
  }

  @Test
  void goesOnAfterAnError() {
    TestTopic topic = TestTopic.create(kafka);
    AtomicInteger asked = new AtomicInteger();
    RecordSender failing =
        record -> {
          if (asked.getAndIncrement() == 0) {
            throw new OutOfMemoryError("somebody took it all");
          }
          return sender.send(record);
        };
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    OutboxRelay relay = relay(outbox, failing, NEVER);

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(topic.values()).containsExactly("a");
    assertThat(relay.state()).isEqualTo(RelayState.SENDING);
  }

  @Test
  void parksWhatTheProducerRefusesAndHoldsItsKeyOnly() {
    TestTopic topic = TestTopic.create(kafka);

    parksTheLargeOneAndHoldsItsKeyOnly(topic, 2_000_000);
  }

  @Test
  void parksWhatTheBrokerRefusesAndHoldsItsKeyOnly() {
    TestTopic topic = TestTopic.create(kafka, Map.of("max.message.bytes", "100000"));

    parksTheLargeOneAndHoldsItsKeyOnly(topic, 300_000);
  }

  private void parksTheLargeOneAndHoldsItsKeyOnly(TestTopic topic, int bytes) {
    try (LoggedEvents log = new LoggedEvents()) {
      relay(outbox, sender, Duration.ofMillis(20));
      ProducerRecord<byte[], byte[]> large = topic.record("task-1", bytes);
      large.headers().add("event_id", "e-1".getBytes(UTF_8));

      database.inTransaction(
          () ->
              outbox.write(
                  List.of(
                      large,
                      topic.record("task-1", "held"),
                      topic.record("task-2", "free"),
                      topic.record(null, "without key"))));
      await().atMost(SOON).until(() -> outbox.backlog().parked() == 1);
      await().atMost(SOON).until(() -> outbox.backlog().held() == 1);
      database.inTransaction(
          () ->
              outbox.write(
                  List.of(topic.record("task-1", "held too"), topic.record("task-2", "last"))));

      await().atMost(SOON).until(() -> outbox.backlog().held() == 2);
      await().atMost(SOON).until(() -> database.count("outbox") == 3);
      assertThat(topic.values()).containsExactlyInAnyOrder("free", "without key", "last");
      assertThat(outbox.backlog().waiting()).isEqualTo(2);
      assertThat(log.messages(Level.ERROR, "can never be sent"))
          .singleElement()
          .satisfies(
              message ->
                  assertThat(message)
                      .contains("key task-1", "event e-1", topic.name(), "RecordTooLarge"));
    }
  }

  @Test
  void sendsWhatIsReleasedAndWhatWaitedForItInOrder() {
    TestTopic topic = TestTopic.create(kafka, Map.of("max.message.bytes", "100000"));
    relay(outbox, sender, Duration.ofMillis(20));
    ParkedRecords parked = new ParkedRecords(outbox);
    database.inTransaction(
        () ->
            outbox.write(
                List.of(
                    topic.record("task-1", 300_000),
                    topic.record("task-1", "2"),
                    topic.record("task-1", "3"))));
    await().atMost(SOON).until(() -> outbox.backlog().held() == 2);
    ParkedRecord refused = parked.first(ALL, 10).getFirst();
    topic.set("max.message.bytes", "1000000");
    boolean released = inTransaction(() -> parked.release(refused.id()));
    await().atMost(SOON).until(() -> database.count("outbox") == 0);

    assertThat(released).isTrue();
    assertThat(refused.topic()).isEqualTo(topic.name());
    assertThat(refused.key()).isEqualTo("task-1");
    assertThat(refused.reason()).contains("RecordTooLarge");
    assertThat(refused.holds()).isEqualTo(2);
    assertThat(topic.values("task-1"))
        .hasSize(3)
        .endsWith("2", "3")
        .first()
        .satisfies(value -> assertThat(value).hasSize(300_000));
    assertThat(inTransaction(() -> parked.release(refused.id()))).isFalse();
  }

  @Test
  void sendsWhatWaitedForARecordThatIsDiscarded() {
    TestTopic topic = TestTopic.create(kafka);
    relay(outbox, sender, Duration.ofMillis(20));
    ParkedRecords parked = new ParkedRecords(outbox);
    database.inTransaction(
        () ->
            outbox.write(List.of(topic.record("task-1", 2_000_000), topic.record("task-1", "2"))));
    await().atMost(SOON).until(() -> outbox.backlog().held() == 1);
    boolean discarded = inTransaction(() -> parked.discard(parked.first(ALL, 1).getFirst().id()));
    await().atMost(SOON).until(() -> database.count("outbox") == 0);

    assertThat(discarded).isTrue();
    assertThat(topic.values("task-1")).containsExactly("2");
    assertThat(parked.first(ALL, 10)).isEmpty();
  }

  private boolean inTransaction(java.util.function.BooleanSupplier work) {
    return Boolean.TRUE.equals(database.transactions().execute(status -> work.getAsBoolean()));
  }

  @Test
  void waitsForABrokerThatIsNotThereYetOrNoLongerAndLosesNothing() {
    try (EmbeddedKafka own = EmbeddedKafka.builder().start();
        LoggedEvents log = new LoggedEvents()) {
      TestTopic topic = TestTopic.create(own);
      own.stop();
      KafkaSender ownSender = new KafkaSender(own);
      toClose.add(ownSender);
      OutboxRelay relay = relay(outbox, ownSender, Duration.ofMillis(20));
      Map<String, List<String>> expected = new HashMap<>();
      write(topic, expected, 0, 200);
      await().atMost(SOON).until(() -> relay.state() == RelayState.WAITING_FOR_BROKER);
      own.start();
      await().atMost(SOON.multipliedBy(2)).until(() -> database.count("outbox") == 0);
      own.stop();
      write(topic, expected, 200, 400);
      await().atMost(SOON).until(() -> relay.state() == RelayState.WAITING_FOR_BROKER);
      write(topic, expected, 400, 600);
      own.start();
      await().atMost(SOON.multipliedBy(2)).until(() -> database.count("outbox") == 0);

      assertThat(expected)
          .allSatisfy((task, values) -> assertThat(topic.values(task)).isEqualTo(values));
      assertThat(relay.state()).isEqualTo(RelayState.SENDING);
      assertThat(log.messages(Level.WARN, "")).hasSize(2).allMatch(it -> it.contains("the broker"));
      assertThat(log.messages(Level.INFO, "answers again")).hasSize(2);
      assertThat(log.messages(Level.ERROR, "")).isEmpty();
      relay.stop();
    }
  }

  private void write(TestTopic topic, Map<String, List<String>> expected, int from, int to) {
    for (int n = from; n < to; n += 10) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = n; i < n + 10; i++) {
        String task = "task-" + i % 7;
        String value = Integer.toString(i);
        records.add(topic.record(task, value));
        expected.computeIfAbsent(task, key -> new ArrayList<>()).add(value);
      }
      database.inTransaction(() -> outbox.write(records));
    }
  }

  @Test
  void oneOfTwoRelaysSendsAndTheOtherTakesOverWhenItStops() {
    TestTopic topic = TestTopic.create(kafka);
    OutboxRelay first = relay(outbox, sender, NEVER);
    await().atMost(SOON).until(() -> first.state() == RelayState.SENDING);
    Outbox elsewhere = new Outbox(database.dataSource(), database.schema());
    KafkaSender otherSender = new KafkaSender(kafka);
    toClose.add(otherSender);
    OutboxRelay second = relay(elsewhere, otherSender, Duration.ofMillis(20));
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    List<String> sentByTheSecond = List.copyOf(otherSender.asked());
    first.stop();
    await().atMost(SOON).until(() -> second.state() == RelayState.SENDING);
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "b"))));
    await().atMost(SOON).until(() -> database.count("outbox") == 0);

    assertThat(sentByTheSecond).isEmpty();
    assertThat(otherSender.asked()).containsExactly("b");
    assertThat(sender.asked()).containsExactly("a");
    assertThat(topic.values("task-1")).containsExactly("a", "b");
  }

  /** As one does that is stopped by a signal, or whose host sleeps. */
  @Test
  void takesOverFromARelayThatIsFrozenWhichThenSendsNothingMore() throws Exception {
    TestTopic topic = TestTopic.create(kafka);
    CountDownLatch thawed = new CountDownLatch(1);
    RecordSender freezing =
        record -> {
          awaitLong(thawed);
          return sender.send(record);
        };
    OutboxRelay first = relay(outbox, freezing, Duration.ofMillis(20));
    await().atMost(SOON).until(() -> first.state() == RelayState.SENDING);
    database.inTransaction(
        () -> outbox.write(List.of(topic.record("task-1", "a"), topic.record("task-1", "b"))));
    Outbox elsewhere = new Outbox(database.dataSource(), database.schema());
    KafkaSender otherSender = new KafkaSender(kafka);
    toClose.add(otherSender);
    OutboxRelay second = relay(elsewhere, otherSender, Duration.ofMillis(20));
    try {
      await().atMost(SOON.multipliedBy(2)).until(() -> second.state() == RelayState.SENDING);
      await().atMost(SOON).until(() -> database.count("outbox") == 0);
    } finally {
      thawed.countDown();
    }
    await().atMost(SOON).until(() -> first.state() == RelayState.STANDING_BY);

    // What it held in its hand when it froze goes again; the row behind that does not.
    assertThat(sender.asked()).containsExactly("a");
    assertThat(otherSender.asked()).containsExactly("a", "b");
  }

  @Test
  void goesOnAtOnceWhenItsConnectionIsLost() {
    TestTopic topic = TestTopic.create(kafka);
    OutboxRelay relay = relay(outbox, sender, Duration.ofMillis(20));
    await().atMost(SOON).until(() -> relay.state() == RelayState.SENDING);
    Outbox elsewhere = new Outbox(database.dataSource(), database.schema());
    KafkaSender otherSender = new KafkaSender(kafka);
    toClose.add(otherSender);
    relay(elsewhere, otherSender, Duration.ofMillis(20));
    long session = leadingSession();
    terminate(session);
    await().atMost(SOON).until(() -> leadingSession() != session && leadingSession() != 0);
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    await().atMost(SOON).until(() -> database.count("outbox") == 0);

    assertThat(sender.asked()).containsExactly("a");
    assertThat(otherSender.asked()).isEmpty();
  }

  /** An instance of a version that knows the advisory lock alone. */
  @Test
  void doesNotSendBesideAnInstanceOfAFormerVersion() throws Exception {
    TestTopic topic = TestTopic.create(kafka);
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    try (Connection former = database.dataSource().getConnection()) {
      assertThat(formerLock(former)).isTrue();
      OutboxRelay relay = relay(outbox, sender, Duration.ofMillis(20));
      await()
          .during(Duration.ofSeconds(2))
          .atMost(SOON)
          .until(() -> relay.state() == RelayState.STANDING_BY && sender.asked().isEmpty());
      former.createStatement().execute("SELECT pg_advisory_unlock_all()");
      await().atMost(SOON).until(() -> database.count("outbox") == 0);

      assertThat(formerLock(former)).isFalse();
      relay.stop();
      assertThat(formerLock(former)).isTrue();
      former.createStatement().execute("SELECT pg_advisory_unlock_all()");
    }
  }

  private boolean formerLock(Connection connection) throws SQLException {
    String lock =
        "SELECT pg_try_advisory_lock(x'6576616f'::integer, 'SCHEMA.outbox'::regclass::oid::integer)"
            .replace("SCHEMA", database.schema());
    try (var result = connection.createStatement().executeQuery(lock)) {
      return result.next() && result.getBoolean(1);
    }
  }

  @Test
  void goesOnWithoutSendingAnythingTwiceWhenItsConnectionIsLostWhileRecordsAreUnderWay() {
    HeldSender broker = new HeldSender();
    TestTopic topic = new TestTopic(kafka, "task-events");
    OutboxRelay relay = relay(outbox, broker, Duration.ofMillis(20));
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    await().atMost(SOON).until(() -> broker.sent().equals(List.of("a")));
    long session = leadingSession();
    terminate(session);
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "b"))));
    await().atMost(SOON).until(() -> leadingSession() != session && leadingSession() != 0);
    await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> broker.sent().size() == 1);
    broker.acknowledge(0);
    await().atMost(SOON).until(() -> broker.sent().equals(List.of("a", "b")));
    broker.acknowledge(1);

    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(relay.state()).isEqualTo(RelayState.SENDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"25006", "53100"})
  void sendsNothingTwiceWhileTheDatabaseRefusesToDeleteIt(String sqlState) {
    HeldSender broker = new HeldSender();
    TestTopic topic = new TestTopic(kafka, "task-events");
    try (LoggedEvents log = new LoggedEvents()) {
      OutboxRelay relay = relay(outbox, broker, Duration.ofMillis(20));
      database.inTransaction(
          () -> outbox.write(List.of(topic.record("task-1", "a"), topic.record("task-2", "b"))));
      await().atMost(SOON).until(() -> broker.sent().equals(List.of("a", "b")));
      long session = leadingSession();
      database.refuse(sqlState);
      broker.acknowledge(0);
      broker.acknowledge(1);
      await().atMost(SOON).until(() -> relay.state() == RelayState.WAITING_FOR_DATABASE);
      await()
          .during(Duration.ofSeconds(2))
          .atMost(SOON)
          .until(() -> broker.sent().size() == 2 && leadingSession() == session);
      assertThat(outbox.writes().refusal())
          .get()
          .extracting(refusal -> refusal.failure().sqlState())
          .isEqualTo(sqlState);
      database.accept();
      await().atMost(SOON).until(() -> database.count("outbox") == 0);
      await().atMost(SOON).until(() -> outbox.writes().refusal().isEmpty());
      await().atMost(SOON).until(() -> relay.state() == RelayState.SENDING);

      assertThat(broker.sent()).containsExactly("a", "b");
      assertThat(log.messages(Level.WARN, "waits for the database")).hasSize(1);
      assertThat(log.messages(Level.ERROR, "")).isEmpty();
    }
  }

  @Test
  void sendsNothingBeforeItIsKnownThatTheDatabaseLetsItBeDeleted() {
    TestTopic topic = TestTopic.create(kafka);
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    database.refuse("25006");
    OutboxRelay relay = relay(outbox, sender, Duration.ofMillis(20));
    await().atMost(SOON).until(() -> relay.state() == RelayState.WAITING_FOR_DATABASE);

    await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> sender.asked().isEmpty());
    database.accept();
    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(sender.asked()).containsExactly("a");
  }

  @Test
  void sendsNothingWhileSomebodyElseOfTheProcessKnowsThatTheDatabaseRefuses() {
    TestTopic topic = TestTopic.create(kafka);
    OutboxRelay relay = relay(outbox, sender, NEVER);
    await().atMost(SOON).until(() -> relay.state() == RelayState.SENDING);
    // The relay's own table would take its delete: others must not learn that by repeating a call.
    database.refuse("25006", "inbox");
    outbox.writes().failed(new SQLException("read-only", "25006"));
    database.inTransaction(() -> outbox.write(List.of(topic.record("task-1", "a"))));
    await().atMost(SOON).until(() -> relay.state() == RelayState.WAITING_FOR_DATABASE);

    await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> sender.asked().isEmpty());
    database.accept("inbox");
    await().atMost(SOON).until(() -> database.count("outbox") == 0);
    assertThat(sender.asked()).containsExactly("a");
  }

  @Test
  void leavesWhatIsNotAcknowledgedForTheNextStart() {
    HeldSender broker = new HeldSender();
    TestTopic topic = new TestTopic(kafka, "task-events");
    OutboxRelay relay = relay(outbox, broker, Duration.ofMillis(20));
    database.inTransaction(
        () -> outbox.write(List.of(topic.record("task-1", "a"), topic.record("task-1", "b"))));
    await().atMost(SOON).until(() -> broker.sent().size() == 2);

    relay.stop();

    assertThat(relay.state()).isEqualTo(RelayState.STOPPED);
    assertThat(database.count("outbox")).isEqualTo(2);
    assertThat(leadingSession()).isZero();
    relay.start();
    await().atMost(SOON).until(() -> broker.sent().equals(List.of("a", "b", "a", "b")));
    broker.acknowledge(2);
    broker.acknowledge(3);
    await().atMost(SOON).until(() -> database.count("outbox") == 0);
  }

  private OutboxRelay relay(Outbox outbox, RecordSender sender, Duration poll) {
    OutboxRelay relay =
        new OutboxRelay(outbox, sender, new OutboxProperties(poll, 100, DataSize.ofMegabytes(8)));
    relay.start();
    toClose.add(relay::stop);
    return relay;
  }

  /** The backend that holds the lead of this test's schema; 0 if none does. */
  private long leadingSession() {
    return database
        .sql(
            """
            SELECT coalesce(max(pid), 0) FROM pg_locks
            WHERE locktype = 'advisory' AND granted
              AND objid = 'SCHEMA.outbox'::regclass::oid AND objsubid = 2
            """)
        .query(Long.class)
        .single();
  }

  private void terminate(long session) {
    database
        .sql("SELECT pg_terminate_backend(?::integer)")
        .param(session)
        .query(Boolean.class)
        .single();
  }

  private static void awaitLong(CountDownLatch latch) {
    try {
      assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
