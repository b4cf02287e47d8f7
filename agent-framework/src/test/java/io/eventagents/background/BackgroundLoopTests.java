package io.eventagents.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundLoopTests {

  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger rounds = new AtomicInteger();
  private final CountDownLatch freed = new CountDownLatch(1);
  private @Nullable BackgroundLoop work;

  @AfterEach
  void stop() {
    freed.countDown();
    if (work != null) {
      work.interrupt();
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
        begun(
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
    await().until(() -> rounds.get() == 1);

    work.interrupt();

    assertThat(interrupted).isTrue();
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
    return work(round, Duration.ofSeconds(10));
  }

  private BackgroundLoop work(BackgroundLoop.Round round, Duration patience) {
    BackgroundLoop made =
        new BackgroundLoop("background-tests", round, patience, Duration.ofMillis(1));
    work = made;
    return made;
  }
}
