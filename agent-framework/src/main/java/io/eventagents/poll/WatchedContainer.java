package io.eventagents.poll;

import io.eventagents.dispatch.OutageBackoff;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.ConsumerStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Watches the container of one agent. If the container ended, it is started again, after a growing
 * delay. If somebody stopped it, it stays stopped, and the status says so. One thread at a time
 * looks.
 */
final class WatchedContainer {

  private static final Logger log = LoggerFactory.getLogger(WatchedContainer.class);

  /** A container that ran for this long did run: what ends it then is another failure. */
  private static final Duration RAN = Duration.ofMinutes(1);

  /** If a failure of the process itself lasts this long, only a new process is rid of it. */
  private static final Duration DEAD_AFTER = Duration.ofMinutes(10);

  /** The framework itself pauses a container for half a minute at most. */
  private static final Duration PAUSED = Duration.ofMinutes(1);

  private static final int SILENT_TOO_LONG = 3;

  private final AgentStatus status;
  private final AbstractMessageListenerContainer<?, ?> container;
  private final Clock clock;
  private final OutageBackoff backoff = new OutageBackoff();
  private final AtomicBoolean starting = new AtomicBoolean();
  private volatile boolean left;
  private boolean started;
  private @Nullable Instant pausedSince;
  private @Nullable Instant runsSince;

  /** When it first ended without having run since. */
  private @Nullable Instant endedSince;

  private @Nullable Instant nextAttempt;

  /** Whether this process ended it, and not the broker. */
  private boolean ownFault;

  private boolean silentTooLong;

  WatchedContainer(
      AgentStatus status, AbstractMessageListenerContainer<?, ?> container, Clock clock) {
    this.status = status;
    this.container = container;
    this.clock = clock;
  }

  /** Has the container started no more. */
  void leave() {
    left = true;
  }

  /** Whether only a new process would read again. */
  boolean isDead() {
    Instant since = endedSince;
    return silentTooLong
        || (ownFault
            && since != null
            && Duration.between(since, clock.instant()).compareTo(DEAD_AFTER) >= 0);
  }

  void look() {
    if (left || starting.get()) {
      return;
    }
    if (container.isRunning()) {
      started = true;
    }
    if (!started) {
      return;
    }
    boolean abandoned = status.consumers().stream().anyMatch(ConsumerStatus::isAbandoned);
    if (container.isRunning() && container.isChildRunning() && !abandoned) {
      runs();
    } else if (!container.isRunning() && container.isInExpectedState()) {
      stopped();
    } else {
      ended();
    }
  }

  private void runs() {
    Instant now = clock.instant();
    if (nextAttempt != null) {
      nextAttempt = null;
      runsSince = now;
    }
    if (endedSince != null && runsSince != null && !runsSince.plus(RAN).isAfter(now)) {
      endedSince = null;
      ownFault = false;
      backoff.over();
    }
    Duration silence = silence(1);
    silentTooLong = silence(SILENT_TOO_LONG).isPositive();
    if (silence.isPositive()) {
      silent(now.minus(silence));
      return;
    }
    boolean longPaused = isPausedForLong(now);
    if (polls() && !(longPaused && isToldToBeLeft())) {
      goesOn();
    }
    if (longPaused) {
      paused();
    }
  }

  /** The longest silence of a consumer; zero if each polled within this many intervals. */
  private Duration silence(int intervals) {
    return status.consumers().stream()
        .filter(
            consumer ->
                consumer.sinceLastPoll().compareTo(consumer.pollInterval().multipliedBy(intervals))
                    > 0)
        .map(ConsumerStatus::sinceLastPoll)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private boolean isPausedForLong(Instant now) {
    if (!container.isPauseRequested()) {
      pausedSince = null;
      return false;
    }
    Instant since = pausedSince == null ? now : pausedSince;
    pausedSince = since;
    return !since.plus(PAUSED).isAfter(now);
  }

  private boolean isToldToBeLeft() {
    return status.told() instanceof AgentState.Stopped stopped && stopped.nextAttempt() == null;
  }

  /** A consumer that was started again must poll first. */
  private boolean polls() {
    return status.consumers().isEmpty()
        || status.consumers().stream().anyMatch(ConsumerStatus::hasPolled);
  }

  private void goesOn() {
    if (status.told() != null) {
      status.reading();
      log.info("{} polls again", name());
    }
  }

  private void silent(Instant since) {
    if (!(status.told() instanceof AgentState.Silent)) {
      log.error(
          "{} has not polled since {}, which is longer than its group waits for it: its thread is held up. A dump of the"
              + " process's threads (jstack) shows where",
          name(),
          since);
      status.notReading(new AgentState.Silent(since));
    }
  }

  private void paused() {
    Instant since = pausedSince;
    if (since != null && status.state() instanceof AgentState.Running) {
      log.warn("{} reads nothing: it has been paused on request since {}", name(), since);
      status.notReading(new AgentState.Stopped("paused on request", since, null));
    }
  }

  private void stopped() {
    nextAttempt = null;
    endedSince = null;
    ownFault = false;
    silentTooLong = false;
    backoff.over();
    if (!isToldToBeLeft()) {
      log.warn(
          "{} reads nothing: it was stopped on request, by the actuator or the application, and stays stopped until"
              + " somebody starts it",
          name());
      status.notReading(new AgentState.Stopped("stopped on request", clock.instant(), null));
    }
  }

  private void ended() {
    Instant now = clock.instant();
    silentTooLong = false;
    Instant due = nextAttempt;
    if (due == null) {
      status.counts().ended.increment();
      endsAgain(status.endedBy(), now);
    } else if (!due.isAfter(now)) {
      startAgain();
    }
  }

  private void endsAgain(@Nullable Throwable failure, Instant now) {
    boolean first = endedSince == null;
    Instant since = endedSince == null ? now : endedSince;
    endedSince = since;
    runsSince = null;
    ownFault = !(failure instanceof KafkaException || failure instanceof AssignmentFailed);
    String reason = "its consumer ended: " + (failure == null ? "an error, see the log" : failure);
    Duration delay = backoff.next(reason, null);
    nextAttempt = now.plus(delay);
    status.notReading(new AgentState.Stopped(reason, since, nextAttempt));
    if (first) {
      log.error(
          "{} reads nothing: {}. It is started again in {} ms, and then until it reads",
          name(),
          reason,
          delay.toMillis());
    } else {
      log.debug("{} ended again: {}", name(), reason);
    }
  }

  /**
   * Starts it again once every open consumer is closed: an earlier one may still be in the middle
   * of a batch. A thread of its own does so, because it may take half a minute.
   */
  private void startAgain() {
    status.consumers().stream().filter(ConsumerStatus::isAbandoned).forEach(status::closed);
    if (!status.consumers().isEmpty() || !starting.compareAndSet(false, true)) {
      return;
    }
    Thread.ofPlatform().daemon().name("event-agents-start-" + name()).start(this::start);
  }

  private void start() {
    try {
      status.connecting();
      if (container.isRunning()) {
        // It believes that it runs: its threads ended without a word, or were never started.
        container.stop();
      }
      if (!left) {
        container.start();
      }
      if (left) {
        container.stop();
      }
      nextAttempt = null;
      runsSince = clock.instant();
    } catch (RuntimeException | Error e) {
      log.debug("{} cannot be started", name(), e);
      endsAgain(e, clock.instant());
    } finally {
      starting.set(false);
    }
  }

  private String name() {
    return status.agent().name();
  }
}
