package io.eventagents.outbox;

import io.eventagents.send.RecordSender;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the {@link Outbox} stores, in order per topic and key, at least once.
 *
 * <p>Of all instances that share a schema, one sends at a time. If its process or host ends or
 * freezes, another takes over within 10 s. What this process commits is sent at once; what others
 * commit is sent within {@link OutboxProperties#pollInterval()}.
 *
 * <p>A record that Kafka will never take is parked and logged as an error. It holds back only later
 * records of its topic and key. The relay waits out outages of the broker and of the database.
 * Stopping takes a few seconds at most; the next start sends again, with the same ids, what was not
 * acknowledged by then.
 *
 * <p>Order holds because the sender never gives up on a record for a temporary reason: its producer
 * is idempotent and has no delivery timeout. After a takeover, records that the former relay still
 * had under way may come again after newer ones.
 */
public final class OutboxRelay implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private static final Duration FINISH_WITHIN = Duration.ofSeconds(3);
  private static final Duration END_WITHIN = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final RecordSender sender;
  private final OutboxProperties properties;
  private final InstantSource clock;
  private @Nullable Running running;

  /**
   * @param outbox what to send
   * @param sender how to send it
   * @param properties when, and how much at once
   */
  public OutboxRelay(Outbox outbox, RecordSender sender, OutboxProperties properties) {
    this(outbox, sender, properties, InstantSource.system());
  }

  OutboxRelay(
      Outbox outbox, RecordSender sender, OutboxProperties properties, InstantSource clock) {
    this.outbox = outbox;
    this.sender = sender;
    this.properties = properties;
    this.clock = clock;
  }

  /** What it is doing. */
  public synchronized RelayState state() {
    return running == null ? RelayState.STOPPED : running.loop().state();
  }

  @Override
  public synchronized void start() {
    if (running == null) {
      RelayLoop loop = new RelayLoop(outbox, sender, properties, clock);
      running =
          new Running(
              loop, Thread.ofPlatform().daemon().name("event-agents-outbox-relay").start(loop));
    }
  }

  @Override
  public synchronized void stop() {
    if (running != null) {
      running.end();
      running = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running != null;
  }

  /** Starts before the agents and the web server, and stops after them. */
  @Override
  public int getPhase() {
    return 0;
  }

  private record Running(RelayLoop loop, Thread thread) {

    void end() {
      loop.stop();
      try {
        if (!thread.join(FINISH_WITHIN)) {
          thread.interrupt();
          if (!thread.join(END_WITHIN)) {
            log.warn("The outbox relay is still waiting for the database and is left behind");
          }
        }
      } catch (InterruptedException e) {
        thread.interrupt();
        Thread.currentThread().interrupt();
      }
    }
  }
}
