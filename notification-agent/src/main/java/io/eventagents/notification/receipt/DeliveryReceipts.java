package io.eventagents.notification.receipt;

import io.eventagents.Cause;
import io.eventagents.EventPublisher;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.template.OneLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Matches receipts with their messages, whichever come first, and publishes each outcome of a
 * message once, with its {@code notification.sent} as the cause. Thread-safe.
 */
final class DeliveryReceipts implements Tracking {

  /** The source of the events of receipts. */
  static final String NAME = "delivery-receipts";

  private static final Logger log = LoggerFactory.getLogger(DeliveryReceipts.class);

  /** A receipt that comes before our own row is early by seconds. */
  private static final Duration EARLY = Duration.ofHours(1);

  private final TrackedMessages messages;
  private final EventPublisher<ReceiptEvent> events;
  private final TransactionOperations transaction;
  private final GoneAddresses gone;
  private final Duration keptFor;
  private final Clock clock;

  DeliveryReceipts(
      TrackedMessages messages,
      EventPublisher<ReceiptEvent> events,
      TransactionOperations transaction,
      GoneAddresses gone,
      Duration keptFor,
      Clock clock) {
    this.messages = messages;
    this.events = events;
    this.transaction = transaction;
    this.gone = gone;
    this.keptFor = keptFor;
    this.clock = clock;
  }

  @Override
  public void expect(TrackedMessage message) {
    if (!Receipt.Kind.isOf(message.channel())) {
      return; // no receipt comes, and the joined ids of several devices may be too long for a key
    }
    transaction.executeWithoutResult(
        status -> {
          messages.lock(message.channel(), message.messageId());
          messages.add(message);
          messages
              .early(message.channel(), message.messageId())
              .forEach(receipt -> publish(receipt, message));
        });
  }

  /** Publishes what a receipt says about its message. */
  ReceiptOutcome accept(Receipt receipt) {
    ReceiptOutcome outcome =
        transaction.execute(
            status -> {
              String channel = receipt.kind().channel();
              messages.lock(channel, receipt.messageId());
              List<TrackedMessage> concerned = messages.of(channel, receipt.messageId());
              if (concerned.isEmpty()) {
                messages.keep(receipt, clock.instant());
                return ReceiptOutcome.UNKNOWN;
              }
              boolean published = false;
              for (TrackedMessage message : concerned) {
                published |= publish(receipt, message);
              }
              return published ? ReceiptOutcome.PUBLISHED : ReceiptOutcome.REPEATED;
            });
    if (outcome == ReceiptOutcome.UNKNOWN) {
      log.info(
          "A receipt ({}) came for the message {}, which is not known here; it is kept for {} in case it was early",
          receipt.kind(),
          OneLine.of(receipt.messageId(), Receipt.LONGEST),
          EARLY);
    }
    return outcome == null ? ReceiptOutcome.UNKNOWN : outcome;
  }

  @Override
  public void forget() {
    Instant now = clock.instant();
    int forgotten = messages.forgetMessages(now.minus(keptFor));
    messages.forgetReceipts(now.minus(EARLY));
    log.debug("{} sent messages forgotten after {}", forgotten, keptFor);
  }

  private boolean publish(Receipt receipt, TrackedMessage message) {
    if (!messages.note(message, receipt.kind())) {
      return false;
    }
    String ownerId = message.ownerId();
    if (receipt.addressGone() && ownerId != null) {
      gone.add(
          ownerId,
          message.channel(),
          message.recipient(),
          String.valueOf(receipt.reason()),
          message.sentAt());
    }
    events.publish(
        ReceiptEvent.of(receipt, message), Cause.event(message.correlationId(), message.eventId()));
    return true;
  }
}
