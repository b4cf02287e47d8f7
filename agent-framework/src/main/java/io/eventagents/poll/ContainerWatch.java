package io.eventagents.poll;

import io.eventagents.observation.AgentStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.scheduling.TaskScheduler;

/**
 * Looks at the containers of agents every second. It starts those that ended again, and has the
 * agents' statuses say which agents read nothing, and why. Thread-safe.
 */
public final class ContainerWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ContainerWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final TaskScheduler scheduler;
  private final Clock clock;
  private final Consumer<Boolean> alive;
  private final Map<String, WatchedContainer> containers = new ConcurrentHashMap<>();
  private @Nullable ScheduledFuture<?> looking;
  private boolean closed;
  private boolean broken;

  /**
   * @param alive told false when an agent reads nothing because of something in this process that
   *     only a new process would repair, and true when it reads after all
   */
  public ContainerWatch(TaskScheduler scheduler, Clock clock, Consumer<Boolean> alive) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.alive = alive;
  }

  /** Watches a container from now on, in place of an earlier one of the same agent. */
  public synchronized void watch(
      AgentStatus status, AbstractMessageListenerContainer<?, ?> container) {
    containers.put(status.agent().name(), new WatchedContainer(status, container, clock));
    if (looking == null && !closed) {
      looking = scheduler.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS);
    }
  }

  /** Looks at all of them once. */
  void look() {
    boolean dead = false;
    for (WatchedContainer container : containers.values()) {
      try {
        container.look();
        dead |= container.isDead();
      } catch (RuntimeException | Error e) {
        // The next look must come whatever happens in this one.
        log.error("A container cannot be checked; it is checked again in a second", e);
      }
    }
    if (dead != broken) {
      broken = dead;
      alive.accept(!dead);
    }
  }

  /** Starts no container any more: the application is stopping. */
  @Override
  public synchronized void close() {
    closed = true;
    if (looking != null) {
      looking.cancel(false);
    }
    containers.values().forEach(WatchedContainer::leave);
  }
}
