package io.eventagents.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundLoopTests {

  private static final String NAME = "background-tests";
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger rounds = new AtomicInteger();
  private final CountDownLatch freed = new CountDownLatch(1);
  private @Nullable BackgroundLoop work;

  @AfterEach
  void stop() {
    freed.countDown();
    if (work != null) {
      work.stop();
    }
  }

  @Test
  void waitsAsLongAsTheRoundSaysUnlessWoken() {
    BackgroundLoop work =
        begun(
            () -> {
              rounds.incrementAndGet();
              return LONG;
            });

    await().until(() -> rounds.get() == 1);
    work.wake();
    await().until(() -> rounds.get() == 2);
  }

  @Test
  void forgetsNoCallThatComesDuringARound() {
    AtomicReference<BackgroundLoop> self = new AtomicReference<>();
    BackgroundLoop work =
        work(
            () -> {
              if (rounds.incrementAndGet() == 1) {
                self.get().wake();
              }
              return LONG;
            });
    self.set(work);

    work.start();

    await().until(() -> rounds.get() == 2);
  }

  @Test
  void pausesWithinARoundWhoeverWakesIt() throws Exception {
    AtomicReference<BackgroundLoop> self = new AtomicReference<>();
    BackgroundLoop work =
        work(
            () -> {
              rounds.incrementAndGet();
              self.get().wake();
              self.get().pause(LONG);
              return LONG;
            });
    self.set(work);
    work.start();
    await().until(() -> rounds.get() == 1);
    work.wake();

    work.stop();

    assertThat(rounds).hasValue(1);
  }

  @Test
  void goesOnAfterAnError() {
    begun(
        () -> {
          if (rounds.incrementAndGet() < 3) {
            throw new AssertionError("for once");
          }
          return LONG;
        });

    await().until(() -> rounds.get() == 3);
  }

  @Test
  void reportsAnOutageOnceAndItsEndThoughThereIsMoreToDo(CapturedOutput log) {
    BackgroundLoop busy =
        BackgroundLoop.named("busy")
            .every(
                Duration.ofMillis(1),
                () ->
                    switch (rounds.incrementAndGet()) {
                      case 1 -> throw new IllegalStateException("The database is away");
                      case 2 -> throw new NoClassDefFoundError("This cannot be loaded");
                      case 3 -> true;
                      default -> false;
                    });
    work = busy;
    busy.start();
    await().until(() -> rounds.get() > 5);

    assertThat(log)
        .containsOnlyOnce("busy fails and is tried again every PT0.001S")
        .contains("The database is away")
        .containsOnlyOnce("busy goes on");
  }

  @Test
  void doesTheNextRoundAtOnceIfThereIsMoreToDo() {
    work = BackgroundLoop.named(NAME).every(LONG, () -> rounds.incrementAndGet() < 3);
    work.start();

    await().until(() -> rounds.get() == 3);
  }

  @Test
  void doesNotReportARoundThatTheStopInterrupts(CapturedOutput log) {
    work =
        BackgroundLoop.named("interrupted")
            .stopWithin(Duration.ZERO)
            .every(
                LONG,
                () -> {
                  rounds.incrementAndGet();
                  LockSupport.park();
                  throw new IllegalStateException("The statement was interrupted");
                });
    work.start();
    await().until(() -> rounds.get() == 1);
    work.stop();

    await().until(() -> thread("interrupted").isEmpty());
    assertThat(log).doesNotContain("interrupted fails");
  }

  private static Optional<Thread> thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst();
  }

  @Test
  void stopsAfterTheRoundThatIsUnderWay() {
    AtomicBoolean ended = new AtomicBoolean();
    BackgroundLoop work =
        begun(
            () -> {
              rounds.incrementAndGet();
              while (isRunning()) {
                Thread.onSpinWait();
              }
              ended.set(true);
              return Duration.ZERO;
            });
    await().until(() -> rounds.get() == 1);

    work.stop();

    assertThat(ended).isTrue();
    assertThat(work.isRunning()).isFalse();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void waitsNoLongerThanItHasPatience() {
    BackgroundLoop work =
        work(
            () -> {
              rounds.incrementAndGet();
              freed.await();
              return LONG;
            },
            Duration.ofMillis(1));
    work.start();
    await().until(() -> rounds.get() == 1);

    work.stop();

    assertThat(work.isRunning()).isFalse();
  }

  @Test
  void letsNoneGoOnBesideItsSuccessor() {
    AtomicReference<@Nullable Thread> first = new AtomicReference<>();
    BackgroundLoop work =
        work(
            () -> {
              if (rounds.incrementAndGet() == 1) {
                first.set(Thread.currentThread());
                freed.await();
              }
              return LONG;
            },
            Duration.ofMillis(1));
    work.start();
    await().until(() -> first.get() != null);

    work.stop();
    work.start();
    freed.countDown();

    await().until(() -> rounds.get() == 2);
    await()
        .until(
            () -> {
              Thread thread = first.get();
              return thread != null && !thread.isAlive();
            });
    assertThat(work.isRunning()).isTrue();
  }

  @Test
  void interruptsARoundThatMayBe() {
    AtomicBoolean interrupted = new AtomicBoolean();
    BackgroundLoop work =
        made(
            named().interruptAfter(Duration.ZERO),
            () -> {
              rounds.incrementAndGet();
              try {
                freed.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
              }
              return LONG;
            });
    work.start();
    await().until(() -> rounds.get() == 1);

    work.stop();

    assertThat(interrupted).isTrue();
  }

  @Test
  void interruptsARoundThatTakesTooLongAndLeavesIt() {
    AtomicBoolean interrupted = new AtomicBoolean();
    BackgroundLoop work =
        made(
            named().interruptAfter(Duration.ofMillis(1)).stopWithin(Duration.ZERO),
            () -> {
              rounds.incrementAndGet();
              try {
                freed.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return Duration.ZERO;
            });
    work.start();
    await().until(() -> rounds.get() == 1);

    work.stop();

    await().untilTrue(interrupted);
    assertThat(rounds).hasValue(1);
  }

  @Test
  void interruptsWhenTheStopIsInterrupted() {
    AtomicBoolean interrupted = new AtomicBoolean();
    BackgroundLoop work =
        made(
            named().interruptAfter(LONG),
            () -> {
              rounds.incrementAndGet();
              try {
                freed.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return LONG;
            });
    work.start();
    await().until(() -> rounds.get() == 1);

    Thread.currentThread().interrupt();
    work.stop();

    assertThat(Thread.interrupted()).isTrue();
    await().untilTrue(interrupted);
  }

  @Test
  void goesOnThoughARoundLeavesItsThreadInterrupted() {
    begun(
        () -> {
          rounds.incrementAndGet();
          Thread.currentThread().interrupt();
          return Duration.ofMillis(1);
        });

    await().until(() -> rounds.get() > 2);
  }

  @Test
  void beginsAfterADelayUnlessWoken() {
    BackgroundLoop work =
        made(
            named().firstAfter(LONG),
            () -> {
              rounds.incrementAndGet();
              return LONG;
            });

    work.start();
    assertThat(rounds).hasValue(0);
    work.wake();

    await().until(() -> rounds.get() == 1);
  }

  @Test
  void doesRoundsSideBySide() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    BackgroundLoop work =
        made(
            named().threads(2),
            () -> {
              names.add(Thread.currentThread().getName());
              freed.await();
              return LONG;
            });

    work.start();

    await().until(() -> names.equals(Set.of(NAME + "-1", NAME + "-2")));
  }

  @Test
  void hasOneThreadOfItsName() {
    AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    begun(
        () -> {
          thread.set(Thread.currentThread());
          return LONG;
        });

    await().until(() -> thread.get() != null);
    assertThat(thread.get())
        .extracting(Thread::getName, Thread::isDaemon)
        .containsExactly(NAME, true);
  }

  @Test
  void startsAgain() {
    BackgroundLoop work =
        begun(
            () -> {
              rounds.incrementAndGet();
              return LONG;
            });
    await().until(() -> rounds.get() == 1);

    work.stop();
    work.start();

    await().until(() -> rounds.get() == 2);
  }

  private boolean isRunning() {
    return work != null && work.isRunning();
  }

  private BackgroundLoop begun(BackgroundLoop.Round round) {
    BackgroundLoop begun = work(round);
    begun.start();
    return begun;
  }

  private BackgroundLoop work(BackgroundLoop.Round round) {
    return made(named(), round);
  }

  private BackgroundLoop work(BackgroundLoop.Round round, Duration patience) {
    return made(named().stopWithin(patience), round);
  }

  private static BackgroundLoop.Builder named() {
    return BackgroundLoop.named(NAME).onFailure(e -> Duration.ofMillis(1));
  }

  private BackgroundLoop made(BackgroundLoop.Builder builder, BackgroundLoop.Round round) {
    BackgroundLoop made = builder.repeating(round);
    work = made;
    return made;
  }
}
