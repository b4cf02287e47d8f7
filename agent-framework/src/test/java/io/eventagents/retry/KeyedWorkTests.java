package io.eventagents.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.retry.KeyedWork.Next;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class KeyedWorkTests {

  private static final Next SOON = new Next.Again(Duration.ofMillis(1));

  private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    others.close();
  }

  private static void run(
      List<List<String>> keys, int workers, ExecutorService others, KeyedWork.Step<String> step) {
    new KeyedWork<>(keys, step, () -> true, () -> false).run(workers, others);
  }

  private Next logged(String item, int attempt, Next next) {
    log.add(item + "#" + attempt);
    return next;
  }

  @Test
  void noKeysAreNoWork() {
    run(List.of(), 4, others, (item, attempt) -> logged(item, attempt, Next.DONE));

    assertThat(log).isEmpty();
  }

  @Test
  void aSingleWorkerIsTheCaller() {
    Thread caller = Thread.currentThread();
    AtomicBoolean elsewhere = new AtomicBoolean();

    run(
        List.of(List.of("a1", "a2"), List.of("b1")),
        1,
        others,
        (item, attempt) -> {
          elsewhere.compareAndSet(false, Thread.currentThread() != caller);
          return logged(item, attempt, Next.DONE);
        });

    assertThat(log).containsExactly("a1#1", "a2#1", "b1#1");
    assertThat(elsewhere).isFalse();
  }

  @Test
  void keysAreWorkedOnSideBySide() {
    CyclicBarrier together = new CyclicBarrier(3);

    run(
        List.of(List.of("a"), List.of("b"), List.of("c")),
        3,
        others,
        (item, attempt) -> {
          await(together);
          return logged(item, attempt, Next.DONE);
        });

    assertThat(log).containsExactlyInAnyOrder("a#1", "b#1", "c#1");
  }

  @Test
  void noMoreKeysAreWorkedOnThanThereAreWorkers() {
    CyclicBarrier together = new CyclicBarrier(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    run(
        keys(8, 1),
        2,
        others,
        (item, attempt) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          await(together);
          now.decrementAndGet();
          return Next.DONE;
        });

    assertThat(most).hasValue(2);
  }

  @Test
  void aKeyThatWaitsForItsRetryHoldsUpNoOtherKeyEvenWithOneWorker() {
    run(
        List.of(List.of("a1", "a2"), List.of("b1", "b2")),
        1,
        others,
        (item, attempt) ->
            logged(
                item,
                attempt,
                item.equals("a1") && attempt == 1
                    ? new Next.Again(Duration.ofMillis(20))
                    : Next.DONE));

    assertThat(log).containsExactly("a1#1", "b1#1", "b2#1", "a1#2", "a2#1");
  }

  @Test
  void theEarliestRetryComesFirst() {
    run(
        List.of(List.of("a"), List.of("b"), List.of("c")),
        1,
        others,
        (item, attempt) ->
            logged(
                item,
                attempt,
                attempt == 2
                    ? Next.DONE
                    : new Next.Again(
                        Duration.ofMillis(
                            switch (item) {
                              case "a" -> 90;
                              case "b" -> 60;
                              default -> 30;
                            }))));

    assertThat(log).containsExactly("a#1", "b#1", "c#1", "c#2", "b#2", "a#2");
  }

  @Test
  void aDelayIsKept() {
    AtomicLong failedAt = new AtomicLong();
    AtomicLong triedAt = new AtomicLong();

    run(
        List.of(List.of("a")),
        2,
        others,
        (item, attempt) -> {
          (attempt == 1 ? failedAt : triedAt).set(System.nanoTime());
          return attempt == 1 ? new Next.Again(Duration.ofMillis(40)) : Next.DONE;
        });

    assertThat(Duration.ofNanos(triedAt.get() - failedAt.get()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(40));
  }

  @Test
  void attemptsAreCountedPerItem() {
    run(
        List.of(List.of("a1", "a2")),
        1,
        others,
        (item, attempt) -> logged(item, attempt, attempt < 3 ? SOON : Next.DONE));

    assertThat(log).containsExactly("a1#1", "a1#2", "a1#3", "a2#1", "a2#2", "a2#3");
  }

  @Test
  void stopStartsNothingMore() {
    run(
        List.of(List.of("a1"), List.of("b1", "b2"), List.of("c1")),
        1,
        others,
        (item, attempt) ->
            logged(
                item,
                attempt,
                switch (item) {
                  case "a1" -> attempt < 3 ? SOON : Next.DONE;
                  case "b1" -> Next.STOP;
                  default -> Next.DONE;
                }));

    assertThat(log).containsExactly("a1#1", "b1#1");
  }

  @Test
  void stopWaitsForWhatHasBegun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);

    run(
        List.of(List.of("a1", "a2"), List.of("b1")),
        2,
        others,
        (item, attempt) -> {
          if (item.equals("b1")) {
            await(begun);
            stopped.countDown();
            return Next.STOP;
          }
          begun.countDown();
          await(stopped);
          return logged(item, attempt, Next.DONE);
        });

    assertThat(log).contains("a1#1");
  }

  @Test
  void onceNoMoreIsTakenOnlyWhatFailedGoesOn() {
    AtomicBoolean takesMore = new AtomicBoolean(true);

    new KeyedWork<>(
            List.of(List.of("a1", "a2"), List.of("b1", "b2"), List.of("c1")),
            (item, attempt) -> {
              if (item.equals("b1")) {
                takesMore.set(false);
              }
              return logged(item, attempt, item.equals("a1") && attempt < 3 ? SOON : Next.DONE);
            },
            takesMore::get,
            () -> false)
        .run(1, others);

    assertThat(log).containsExactly("a1#1", "b1#1", "a1#2", "a1#3");
  }

  @Test
  void whatWaitsForItsNextAttemptIsLeftIfTheWorkIsAbandoned() {
    AtomicBoolean abandons = new AtomicBoolean();

    new KeyedWork<>(
            List.of(List.of("a1", "a2"), List.of("b1")),
            (item, attempt) -> {
              abandons.set(item.equals("b1"));
              return logged(
                  item,
                  attempt,
                  item.equals("a1") ? new Next.Again(Duration.ofDays(1)) : Next.DONE);
            },
            () -> true,
            abandons::get)
        .run(1, others);

    assertThat(log).containsExactly("a1#1", "b1#1");
  }

  @Test
  void nothingStartsIfNothingIsTaken() {
    new KeyedWork<>(
            keys(3, 2),
            (item, attempt) -> logged(item, attempt, Next.DONE),
            () -> false,
            () -> false)
        .run(2, others);

    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatAStepThrowsComesOutAndStartsNothingMore(int workers) {
    List<List<String>> keys = List.of(List.of("a1", "a2"), List.of("b1"), List.of("c1"));
    CountDownLatch thrown = new CountDownLatch(1);
    OutOfMemoryError error = new OutOfMemoryError("none left");

    assertThatThrownBy(
            () ->
                run(
                    keys,
                    workers,
                    others,
                    (item, attempt) -> {
                      if (item.equals("a1")) {
                        thrown.countDown();
                        throw error;
                      }
                      await(thrown);
                      return logged(item, attempt, Next.DONE);
                    }))
        .isSameAs(error);
    assertThat(log).doesNotContain("a2#1");
  }

  @Test
  void whatIsThrownComesOutAfterTheOthersAreDone() {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch out = new CountDownLatch(1);
    AtomicBoolean outBeforeDone = new AtomicBoolean();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                run(
                    List.of(List.of("a"), List.of("b")),
                    2,
                    others,
                    (item, attempt) -> {
                      if (Thread.currentThread() == caller) {
                        await(begun);
                        throw new IllegalStateException("broken");
                      }
                      begun.countDown();
                      outBeforeDone.set(isOpenedWithin(out, Duration.ofMillis(100)));
                      return Next.DONE;
                    }))
        .withMessage("broken");
    out.countDown();
    others.close();

    assertThat(outBeforeDone).isFalse();
  }

  @Test
  void anExecutorThatTakesNothingLeavesAllToTheCaller() {
    new KeyedWork<>(
            keys(5, 2),
            (item, attempt) -> logged(item, attempt, Next.DONE),
            () -> true,
            () -> false)
        .run(
            4,
            task -> {
              throw new RejectedExecutionException("closed");
            });

    assertThat(log).hasSize(10);
  }

  @Test
  void isDoneByThoseThatStartedIfThereIsNoMemoryForAnotherThread() {
    AtomicInteger started = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    Thread caller = Thread.currentThread();

    new KeyedWork<>(
            keys(5, 2),
            (item, attempt) -> {
              if (Thread.currentThread() != caller) {
                begun.countDown();
                await(refused);
              }
              return logged(item, attempt, Next.DONE);
            },
            () -> true,
            () -> false)
        .run(
            4,
            task -> {
              if (started.incrementAndGet() == 1) {
                others.execute(task);
                return;
              }
              await(begun);
              if (started.get() == 3) {
                refused.countDown();
              }
              throw new OutOfMemoryError("unable to create native thread");
            });

    assertThat(log).hasSize(10);
  }

  @Test
  void isWaitedForIfTheExecutorKeepsWhatItFailedToStart() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch out = new CountDownLatch(1);
    AtomicBoolean outBeforeDone = new AtomicBoolean();
    Thread caller = Thread.currentThread();

    new KeyedWork<>(
            List.of(List.of("a"), List.of("b")),
            (item, attempt) -> {
              if (Thread.currentThread() != caller) {
                begun.countDown();
                outBeforeDone.set(isOpenedWithin(out, Duration.ofMillis(100)));
              }
              return logged(item, attempt, Next.DONE);
            },
            () -> true,
            () -> false)
        .run(
            2,
            task -> {
              others.execute(task);
              await(begun);
              throw new OutOfMemoryError("unable to create native thread");
            });
    out.countDown();
    others.close();

    assertThat(outBeforeDone).isFalse();
    assertThat(log).containsExactlyInAnyOrder("a#1", "b#1");
  }

  @Test
  void anInterruptedCallerStopsWaitingAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    run(
        List.of(List.of("a")),
        1,
        others,
        (item, attempt) -> logged(item, attempt, new Next.Again(Duration.ofHours(1))));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("a#1");
  }

  /** Every item is tried until it is done, one of a key at a time and in order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLostRepeatedOrOvertakenUnderStress(long seed) {
    Random random = new Random(seed);
    int workers = 1 + random.nextInt(8);
    Map<String, Integer> failures = new ConcurrentHashMap<>();
    List<List<String>> keys = keys(60, 8);
    keys.forEach(key -> key.forEach(item -> failures.put(item, random.nextInt(4))));
    Map<Character, AtomicInteger> busy = new ConcurrentHashMap<>();
    Map<Character, List<String>> done = new ConcurrentHashMap<>();
    AtomicInteger overtaken = new AtomicInteger();

    run(
        keys,
        workers,
        others,
        (item, attempt) -> {
          Character key = item.charAt(0);
          AtomicInteger working = busy.computeIfAbsent(key, k -> new AtomicInteger());
          if (working.incrementAndGet() > 1) {
            overtaken.incrementAndGet();
          }
          LockSupport.parkNanos(1_000);
          working.decrementAndGet();
          if (attempt <= failures.getOrDefault(item, 0)) {
            return new Next.Again(Duration.ofNanos(attempt * 50_000L));
          }
          done.computeIfAbsent(key, k -> new ArrayList<>()).add(item + "#" + attempt);
          return Next.DONE;
        });

    assertThat(overtaken).hasValue(0);
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(done.get(key.getFirst().charAt(0)))
                    .containsExactlyElementsOf(
                        key.stream()
                            .map(item -> item + "#" + (failures.getOrDefault(item, 0) + 1))
                            .toList()));
  }

  private static List<List<String>> keys(int count, int itemsEach) {
    List<List<String>> keys = new ArrayList<>();
    for (int key = 0; key < count; key++) {
      List<String> items = new ArrayList<>();
      for (int item = 1; item <= itemsEach; item++) {
        items.add((char) ('0' + key) + "-" + item);
      }
      keys.add(items);
    }
    return keys;
  }

  private static boolean isOpenedWithin(CountDownLatch latch, Duration time) {
    try {
      return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("The others never came", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }
}
