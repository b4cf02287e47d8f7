package io.eventagents.notification.deferral;

import io.eventagents.Cause;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.background.Backoff;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.Messenger;
import io.eventagents.notification.channel.NotificationEvent;
import io.eventagents.notification.channel.Reach;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.deferral.DeferredMessages.Status;
import io.eventagents.notification.template.OneLine;
import io.eventagents.notification.trigger.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends a message when its time has come. It goes to the address that its owner has now, and {@code
 * notification.sent} has the same id as if the message had been sent at once.
 *
 * <p>The messages that go together are recorded first. A timer that rings again after a crash
 * therefore sends the same messages with the same key.
 */
final class DeferralAlarm {

  private static final Logger log = LoggerFactory.getLogger(DeferralAlarm.class);

  private static final int MOST_IN_ONE = 100;
  private static final long LARGEST_TOGETHER = 4 * 1024 * 1024;
  private static final Duration UNAVAILABLE = Duration.ofSeconds(15);
  private static final Duration OFF = Duration.ofMinutes(10);
  private static final Duration OFF_FOR_GOOD = Duration.ofDays(1);
  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(256));

  private final DeferredMessages messages;
  private final Map<String, Messenger> messengers;
  private final EventPublisher<NotificationEvent> events;
  private final TransactionOperations transaction;
  private final int attempts;
  private final Clock clock;

  /**
   * Until when a channel waits for its provider or its rate limit. All channels share the threads,
   * and each message would hold one for as long as a failing call takes.
   */
  private final Map<String, Instant> awayUntil = new ConcurrentHashMap<>();

  /**
   * @param messengers by the name of the channel
   * @param events publishes in the name of the channel's agent
   * @param attempts after how many failures a message is given up; outages do not count
   */
  DeferralAlarm(
      DeferredMessages messages,
      Map<String, Messenger> messengers,
      EventPublisher<NotificationEvent> events,
      TransactionOperations transaction,
      int attempts,
      Clock clock) {
    this.messages = messages;
    this.messengers = Map.copyOf(messengers);
    this.events = events;
    this.transaction = transaction;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Sends the message and those that go with it, unless that has been done.
   *
   * @return when to ring again; empty if there is nothing left to do
   */
  Optional<Instant> ring(String id) {
    Claim claim = transaction.execute(status -> claim(id));
    if (claim == null || claim.messages().isEmpty()) {
      return claim == null ? Optional.empty() : Optional.ofNullable(claim.again());
    }
    DeferredMessage first = claim.messages().getFirst();
    Messenger messenger = messengers.get(first.message().channel());
    return messenger == null ? off(id, first) : send(new Batch(id, messenger, claim.messages()));
  }

  private Claim claim(String id) {
    Optional<DeferredMessage> unlocked = messages.waiting(id);
    if (unlocked.isEmpty()) {
      return Claim.NOTHING;
    }
    messages.lock(unlocked.get().message().channel(), unlocked.get().message().ownerId());
    Optional<DeferredMessage> message = messages.waiting(id);
    if (message.isEmpty()) {
      return Claim.NOTHING;
    }
    Instant now = clock.instant();
    if (message.get().message().at().isAfter(now)) {
      return new Claim(List.of(), message.get().message().at());
    }
    String batch = message.get().batch();
    if (batch == null) {
      messages.claim(message.get(), now, MOST_IN_ONE, LARGEST_TOGETHER);
    } else if (!batch.equals(id)) {
      // Another timer sends it, and rings until it has done so.
      return Claim.NOTHING;
    }
    return new Claim(messages.batch(id), null);
  }

  private Optional<Instant> send(Batch batch) {
    Messenger messenger = batch.messenger();
    Instant away = awayUntil.get(messenger.channel());
    if (away != null && away.isAfter(clock.instant())) {
      return Optional.of(away);
    }
    SentMessage sent;
    String address = batch.ownerId();
    try {
      switch (messenger.reach(batch.ownerId())) {
        case Reach.Nobody nobody -> {
          transaction.executeWithoutResult(status -> messages.end(batch.id(), Status.PASSED_OVER));
          return Optional.empty();
        }
        case Reach.Impossible impossible -> {
          return failed(batch, impossible.recipient(), impossible.reason());
        }
        case Reach.Somebody somebody -> {
          Optional<Instant> quiet = quietUntil(somebody);
          if (quiet.isPresent()) {
            transaction.executeWithoutResult(status -> messages.postpone(batch.id(), quiet.get()));
            return quiet;
          }
          address = somebody.address();
          sent = messenger.send(somebody, batch.events(), batch.id());
        }
      }
    } catch (DependencyUnavailable e) {
      log.warn("A deferred message still waits: {}", e.getMessage());
      Instant again = clock.instant().plus(e.retryAfter().orElse(UNAVAILABLE));
      awayUntil.put(messenger.channel(), again);
      return Optional.of(again);
    } catch (Undeliverable e) {
      return failed(batch, address, e.reason());
    } catch (RuntimeException | Error e) { // for example if it does not fit into memory
      return failedOnce(batch, address, e);
    }
    publish(batch, Status.SENT, event -> messenger.sent(sent, event), sent);
    messenger.settled(batch.id());
    return Optional.empty();
  }

  private Optional<Instant> quietUntil(Reach.Somebody somebody) {
    return somebody.personal()
        ? somebody
            .recipient()
            .preferences()
            .quietUntil(clock.instant(), somebody.recipient().zone())
        : Optional.empty();
  }

  private Optional<Instant> failedOnce(Batch batch, String address, Throwable failure) {
    int failures = batch.messages().getFirst().attempts() + 1;
    if (failures >= attempts) {
      return failed(
          batch,
          address,
          "given up after %d attempts: %s"
              .formatted(failures, OneLine.of(String.valueOf(failure.getMessage()), 500)));
    }
    log.warn("A deferred message could not be sent, attempt {}", failures, failure);
    transaction.executeWithoutResult(status -> messages.failedOnce(batch.id()));
    return Optional.of(clock.instant().plus(DELAYS.after(failures)));
  }

  private Optional<Instant> failed(Batch batch, String recipient, String reason) {
    publish(
        batch, Status.FAILED, event -> batch.messenger().failed(event, recipient, reason), null);
    return Optional.empty();
  }

  /** A channel that was turned off may come back, so nothing is logged for a day. */
  private Optional<Instant> off(String id, DeferredMessage message) {
    Instant now = clock.instant();
    if (message.message().at().isAfter(now.minus(OFF_FOR_GOOD))) {
      return Optional.of(now.plus(OFF));
    }
    log.error(
        "Messages for {} are skipped, as {} has been off for a day",
        message.message().ownerId(),
        ChannelAgent.nameOf(message.message().channel()));
    transaction.executeWithoutResult(status -> messages.end(id, Status.PASSED_OVER));
    return Optional.empty();
  }

  private void publish(
      Batch batch,
      Status status,
      Function<Event<? extends Trigger>, NotificationEvent> outcome,
      @Nullable SentMessage sent) {
    transaction.executeWithoutResult(
        running -> {
          if (!messages.end(batch.id(), status)) {
            return;
          }
          if (sent != null) {
            batch.messenger().track(sent, batch.events());
          }
          for (Event<? extends Trigger> event : batch.events()) {
            events.publish(outcome.apply(event), Cause.event(event));
          }
        });
  }

  /** The messages to send now, or when to look again. */
  private record Claim(List<DeferredMessage> messages, @Nullable Instant again) {

    static final Claim NOTHING = new Claim(List.of(), null);
  }

  /** Messages that go together. */
  private record Batch(String id, Messenger messenger, List<DeferredMessage> messages) {

    String ownerId() {
      return messages.getFirst().message().ownerId();
    }

    List<? extends Event<? extends Trigger>> events() {
      return messages.stream().map(message -> message.message().event()).toList();
    }
  }
}
