package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventagents.inbox.Inbox;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Events of many workers, recorded together on a real database. */
@Timeout(60)
class HandledEventsTests {

  private final TestDatabase database = TestDatabase.create();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch firstMayGoOn = new CountDownLatch(1);

  private volatile @Nullable Runnable secondFails;

  /** The first transaction waits, so that the others come while it runs. */
  private final JdbcTransactionManager transactions =
      new JdbcTransactionManager(database.dataSource()) {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
          int number = begun.incrementAndGet();
          if (number == 2 && secondFails != null) {
            secondFails.run();
          }
          if (number == 1) {
            try {
              firstMayGoOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          super.doBegin(transaction, definition);
        }
      };

  private final HandledEvents handled =
      new HandledEvents(
          "sms",
          new DatabaseHandlings(
              new Inbox(database.dataSource(), database.schema()),
              new Outbox(database.dataSource(), database.schema()),
              new HeldKeys(database.dataSource(), database.schema(), transactions),
              new TransactionTemplate(transactions)));

  @AfterEach
  void close() {
    firstMayGoOn.countDown();
    workers.close();
  }

  @Test
  void whatComesWhileATransactionRunsSharesTheNext() throws Exception {
    List<Future<?>> all = recordTogether("topic", 20);
    firstMayGoOn.countDown();

    for (Future<?> one : all) {
      one.get();
    }
    assertThat(begun).hasValue(2);
    assertThat(database.count("inbox")).isEqualTo(21);
    assertThat(database.count("outbox")).isEqualTo(21);
  }

  @Test
  void oneThatCannotBeRecordedFailsAlone() throws Exception {
    List<Future<?>> all = recordTogether("topic", 3);
    Future<?> bad = workers.submit(() -> handled.record("bad", emitted("no\0topic")));
    firstMayGoOn.countDown();

    for (Future<?> one : all) {
      one.get();
    }
    assertThatThrownBy(bad::get).hasCauseInstanceOf(DataAccessException.class);
    assertThat(database.count("inbox")).isEqualTo(4);
    assertThat(database.count("outbox")).isEqualTo(4);
  }

  @Test
  void allOfAGroupFailWhereAnErrorKeepsItFromBeingTriedOneByOne() throws Exception {
    secondFails =
        () -> {
          throw new LeavesNoMemory();
        };
    List<Future<?>> all = recordTogether("topic", 3);
    firstMayGoOn.countDown();

    all.removeFirst().get();
    for (Future<?> one : all) {
      assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(OutOfMemoryError.class);
    }
    assertThat(handled.waiting()).isZero();
    handled.record("e-9", emitted("topic"));
    assertThat(database.count("inbox")).isEqualTo(2);
  }

  /** Looking for its cause runs out of memory. */
  private static final class LeavesNoMemory extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      throw new OutOfMemoryError("none left");
    }
  }

  @Test
  void anEventThatWasRecordedBeforeEmitsNothingMore() {
    firstMayGoOn.countDown();

    handled.record("e-1", emitted("topic"));
    handled.record("e-1", emitted("topic"));

    assertThat(database.count("outbox")).isEqualTo(1);
  }

  /** One event that waits in its transaction, and a number of events that come meanwhile. */
  private List<Future<?>> recordTogether(String topic, int others) {
    List<Future<?>> all = new ArrayList<>();
    AtomicInteger coming = new AtomicInteger();
    all.add(workers.submit(() -> handled.record("e-0", emitted(topic))));
    await().until(() -> begun.get() == 1);
    for (int n = 1; n <= others; n++) {
      String id = "e-" + n;
      all.add(
          workers.submit(
              () -> {
                coming.incrementAndGet();
                handled.record(id, emitted(topic));
              }));
    }
    await().until(() -> coming.get() == others && handled.waiting() == others);
    return all;
  }

  private static List<ProducerRecord<byte[], byte[]>> emitted(String topic) {
    return List.of(new ProducerRecord<>(topic, "k".getBytes(UTF_8), "v".getBytes(UTF_8)));
  }
}
