package io.eventagents.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.ConsumerStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class WatchedContainerTests {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Ticking clock = new Ticking();
  private final AgentStatus status = StoringAgent.status();
  private final Container container = new Container(status);
  private final WatchedContainer watched = new WatchedContainer(status, container, clock);

  @BeforeEach
  void itRuns() {
    watched.look();
    assertThat(status.told()).as("before it was started").isNull();
    container.start();
    status.connected();
    watched.look();
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void oneThatEndedIsStartedAgain() {
    Instant first = clock.instant();
    container.end(new FencedInstanceIdException("another one has this id"));

    watched.look();

    assertThat(status.state())
        .isEqualTo(
            new AgentState.Stopped(
                "its consumer ended: " + new FencedInstanceIdException("another one has this id"),
                first,
                first.plusMillis(500)));
    assertThat(status.counts().ended.sum()).isEqualTo(1);
    watched.look();
    assertThat(container.starts.get()).as("not at once").isEqualTo(1);
    clock.tick(Duration.ofMillis(500));
    awaitStarts(2);
    assertThat(status.told()).isNull();
  }

  @Test
  void itIsLeftAloneForLongerEachTimeUntilItHasRunForAWhile() {
    for (int i = 0; i < 10; i++) {
      container.end(new KafkaException("no offset"));
      watched.look();
      clock.tick(Duration.ofSeconds(30));
      awaitStarts(i + 2);
    }
    container.end(new KafkaException("no offset"));
    watched.look();

    assertThat(status.state())
        .extracting(state -> ((AgentState.Stopped) state).nextAttempt())
        .isEqualTo(clock.instant().plusSeconds(30));
    clock.tick(Duration.ofSeconds(30));
    awaitStarts(12);
    clock.tick(Duration.ofMinutes(1));
    watched.look();
    container.end(new KafkaException("no offset"));
    watched.look();
    assertThat(status.state())
        .extracting(state -> ((AgentState.Stopped) state).nextAttempt())
        .isEqualTo(clock.instant().plusMillis(500));
  }

  @Test
  void oneIsNotStartedWhileAnEarlierConsumerIsStillAtWork() {
    ConsumerStatus other = status.opened(LONG, true);
    container.end(new KafkaException("no offset"));
    watched.look();
    clock.tick(Duration.ofMinutes(1));
    watched.look();
    assertThat(container.starts.get()).isEqualTo(1);

    status.closed(other);

    awaitStarts(2);
  }

  @Test
  void oneWhoseThreadEndedWithoutAWordIsStartedAgain() throws InterruptedException {
    Thread polling = new Thread(() -> container.consumer().polls());
    polling.start();
    polling.join();

    watched.look();
    assertThat(status.state()).isInstanceOf(AgentState.Stopped.class);
    clock.tick(Duration.ofSeconds(1));

    awaitStarts(2);
    assertThat(status.consumers()).hasSize(1);
  }

  @Test
  void oneThatCannotBeStartedIsTriedAgain() {
    container.end(new KafkaException("no offset"));
    watched.look();
    container.refusesToStart = new KafkaException("no such keystore");
    clock.tick(Duration.ofSeconds(1));
    watched.look();
    await().untilAsserted(() -> assertThat(status.state().toString()).contains("no such keystore"));

    container.refusesToStart = null;
    clock.tick(Duration.ofSeconds(30));

    awaitStarts(3);
  }

  @Test
  void oneThatIsStoppedOnRequestIsNeverSaidToRunAndStaysStopped() {
    container.stop();

    watched.look();
    clock.tick(Duration.ofHours(1));
    watched.look();

    assertThat(status.state())
        .isEqualTo(
            new AgentState.Stopped(
                "stopped on request", clock.instant().minus(Duration.ofHours(1)), null));
    assertThat(container.starts.get()).isEqualTo(1);
    assertThat(watched.isDead()).isFalse();
    container.start();
    container.consumer().polled();
    watched.look();
    assertThat(status.told()).isNull();
  }

  @Test
  void oneThatIsPausedForLongIsNotSaidToRun() {
    container.pause();
    watched.look();
    clock.tick(Duration.ofSeconds(59));
    watched.look();
    assertThat(status.told()).isNull();
    clock.tick(Duration.ofSeconds(1));
    watched.look();
    assertThat(status.state().toString()).contains("paused on request");

    container.resume();
    watched.look();

    assertThat(status.told()).isNull();
  }

  @Test
  void oneThatHasNotPolledForLongerThanItMayIsSilent() {
    status.closed(container.consumer());
    ConsumerStatus late = status.opened(Duration.ZERO, true);
    late.polls();

    watched.look();

    assertThat(status.state()).isInstanceOf(AgentState.Silent.class);
    assertThat(watched.isDead()).as("three times as long as it may").isTrue();
    status.closed(late);
    status.opened(LONG, true).polled();
    watched.look();
    assertThat(status.told()).isNull();
    assertThat(watched.isDead()).isFalse();
  }

  @Test
  void onlyAFailureOfTheProcessItselfMakesItDeadAndNotBeforeTenMinutes() {
    for (int i = 0; i < 20; i++) {
      assertThat(watched.isDead()).isFalse();
      container.end(new OutOfMemoryError("Metaspace"));
      watched.look();
      clock.tick(Duration.ofSeconds(30));
      awaitStarts(i + 2);
    }

    container.end(new OutOfMemoryError("Metaspace"));
    watched.look();
    assertThat(watched.isDead()).isTrue();

    clock.tick(Duration.ofSeconds(30));
    awaitStarts(22);
    clock.tick(Duration.ofMinutes(1));
    watched.look();
    assertThat(watched.isDead()).isFalse();
  }

  @Test
  void theProcessIsSaidToBeBrokenWhileAContainerIsDeadAndNoLonger() {
    List<Boolean> told = new CopyOnWriteArrayList<>();
    ConsumerStatus late = status.opened(Duration.ZERO, true);
    late.polls();
    try (SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
        ContainerWatch watch = new ContainerWatch(scheduler, clock, told::add)) {
      watch.watch(status, container);
      await().untilAsserted(() -> assertThat(told).containsExactly(false));

      status.closed(late);

      await().untilAsserted(() -> assertThat(told).containsExactly(false, true));
    }
  }

  @Test
  void whatTheBrokerRefusesForHoursMakesNothingDead() {
    container.end(new FencedInstanceIdException("another one has this id"));
    watched.look();
    clock.tick(Duration.ofHours(5));

    assertThat(watched.isDead()).isFalse();
  }

  /** Looks until the container was started this often and its consumer polls. */
  private void awaitStarts(int count) {
    await()
        .untilAsserted(
            () -> {
              watched.look();
              assertThat(container.starts.get()).isEqualTo(count);
              assertThat(status.told()).isNull();
            });
  }

  /** A container whose consumer polls as soon as it is started. */
  private static final class Container extends AbstractMessageListenerContainer<byte[], byte[]> {

    private final AgentStatus status;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable KafkaException refusesToStart;

    Container(AgentStatus status) {
      super(
          new DefaultKafkaConsumerFactory<byte[], byte[]>(Map.of("group.id", "storing")),
          new ContainerProperties("task-events"));
      getContainerProperties().setMessageListener((MessageListener<byte[], byte[]>) record -> {});
      this.status = status;
    }

    ConsumerStatus consumer() {
      return status.consumers().getFirst();
    }

    @Override
    protected void doStart() {
      starts.incrementAndGet();
      if (refusesToStart != null) {
        throw refusesToStart;
      }
      setRunning(true);
      status.opened(LONG, true).polled();
      status.connected();
    }

    @Override
    public boolean isInExpectedState() {
      return isRunning() || isStoppedNormally();
    }

    @Override
    public Map<String, Map<MetricName, ? extends Metric>> metrics() {
      return Map.of();
    }

    void end(Throwable failure) {
      setRunning(false);
      setStoppedNormally(false);
      consumer().failed(failure);
      status.closed(consumer());
    }

    @Override
    protected void doStop(Runnable callback, boolean normal) {
      setRunning(false);
      setStoppedNormally(normal);
      status.consumers().forEach(status::closed);
      callback.run();
    }
  }

  private static final class Ticking extends Clock {

    private volatile Instant now = Instant.parse("2025-01-15T12:00:00Z");

    void tick(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
