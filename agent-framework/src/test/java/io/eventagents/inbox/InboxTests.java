package io.eventagents.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventagents.outbox.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTests {

  private static final String AGENT = "reminder-scheduler";

  private final TestDatabase database = TestDatabase.create();
  private final Inbox inbox = new Inbox(database.dataSource(), database.schema());

  @Test
  void tellsWhichEventsAreNew() {
    Set<String> first = record("e-1", "e-2", "e-1");
    Set<String> second = record("e-2", "e-3");

    assertThat(first).containsExactlyInAnyOrder("e-1", "e-2");
    assertThat(second).containsExactly("e-3");
    assertThat(inbox.handled(AGENT, List.of("e-1", "e-2", "e-3", "e-4")))
        .containsExactlyInAnyOrder("e-1", "e-2", "e-3");
    assertThat(inbox.handled(AGENT, List.of())).isEmpty();
  }

  @Test
  void remembersForEachAgent() {
    record("e-1");

    assertThat(inbox.handled("audit-log", List.of("e-1"))).isEmpty();
  }

  @Test
  void forgetsWhatIsRolledBack() {
    database
        .transactions()
        .executeWithoutResult(
            status -> {
              inbox.recordNew(AGENT, List.of("e-1"));
              status.setRollbackOnly();
            });

    assertThat(inbox.handled(AGENT, List.of("e-1"))).isEmpty();
    assertThat(record("e-1")).containsExactly("e-1");
  }

  @Test
  void recordsInATransactionOnly() {
    assertThatIllegalStateException()
        .isThrownBy(() -> inbox.recordNew(AGENT, List.of("e-1")))
        .withMessageContaining("transaction");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void waitsForAnotherTransactionWithTheSameEventAndSeesItsEnd(boolean committed) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CountDownLatch recorded = new CountDownLatch(1);
      CountDownLatch mayEnd = new CountDownLatch(1);
      Future<?> first =
          threads.submit(
              () ->
                  database
                      .transactions()
                      .executeWithoutResult(
                          status -> {
                            inbox.recordNew(AGENT, List.of("e-1"));
                            recorded.countDown();
                            awaitQuietly(mayEnd);
                            if (!committed) {
                              status.setRollbackOnly();
                            }
                          }));
      awaitQuietly(recorded);
      Future<Set<String>> second = threads.submit(() -> record("e-1"));
      boolean waited = isStillRunning(second);
      mayEnd.countDown();
      first.get(20, TimeUnit.SECONDS);

      assertThat(waited).isTrue();
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(committed ? Set.of() : Set.of("e-1"));
    }
  }

  @Test
  void makesNoDeadlockOfTheSameEventsInAnotherOrder() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 30; round++) {
        String prefix = "round-" + round + "-";
        List<String> ids = IntStream.range(0, 300).mapToObj(n -> prefix + n).toList();
        Future<Set<String>> up = threads.submit(() -> record(ids));
        Future<Set<String>> down = threads.submit(() -> record(ids.reversed()));
        List<String> all = new ArrayList<>(up.get(20, TimeUnit.SECONDS));
        all.addAll(down.get(20, TimeUnit.SECONDS));

        assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
      }
    }
  }

  @Test
  void takesEveryIdThatAForeignProducerMayThinkOf() {
    List<String> ids =
        List.of(
            "x".repeat(10_000),
            "x".repeat(10_001),
            "nul\0",
            "größe",
            "\uD800",
            "\uD801",
            "",
            "' OR 1=1 --",
            "sha-256:0000000000000000000000000000000000000000000000000000000000000000");

    Set<String> first = record(ids);

    assertThat(first).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(inbox.handled(AGENT, ids)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(record(ids)).isEmpty();
  }

  private Set<String> record(String... ids) {
    return record(List.of(ids));
  }

  private Set<String> record(List<String> ids) {
    Set<String> fresh = database.transactions().execute(status -> inbox.recordNew(AGENT, ids));
    return fresh == null ? Set.of() : fresh;
  }

  private static boolean isStillRunning(Future<?> future)
      throws InterruptedException, ExecutionException {
    try {
      future.get(200, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
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
