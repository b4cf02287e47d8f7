package io.eventagents.notification.channel;

import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.notification.directory.GoneAddress;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.directory.InvalidRecipient;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.directory.RecipientDirectory;
import io.eventagents.notification.receipt.TrackedMessage;
import io.eventagents.notification.receipt.Tracking;
import io.eventagents.notification.template.OneLine;
import io.eventagents.notification.template.RenderedMessage;
import io.eventagents.notification.template.Templates;
import io.eventagents.notification.trigger.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the recipient on a channel, words the message and sends it. Thread-safe. */
public final class Messenger {

  private static final int LONGEST_ID = 100;

  private final Channel channel;
  private final RecipientDirectory directory;
  private final Templates templates;
  private final Tracking tracking;
  private final GoneAddresses gone;
  private final Clock clock;
  private final UnsettledSends unsettled = new UnsettledSends();

  Messenger(
      Channel channel,
      RecipientDirectory directory,
      Templates templates,
      Tracking tracking,
      GoneAddresses gone,
      Clock clock) {
    this.channel = channel;
    this.directory = directory;
    this.templates = templates;
    this.tracking = tracking;
    this.gone = gone;
    this.clock = clock;
  }

  /** The channel's name. */
  public String channel() {
    return channel.name();
  }

  /** The id of the {@code notification.sent} that an event leads to on this channel. */
  public String sentId(Event<?> event) {
    return EventIds.derive(
        ChannelAgent.nameOf(channel.name()), event.eventId(), "notification.sent", 0);
  }

  /**
   * Whether and where an owner is told.
   *
   * <p>If the channel posts to a fixed place, nobody is looked up. Otherwise it is a failure if the
   * directory does not know the owner, or if an owner without an address named this channel in
   * their preferences, or if the address does not exist any more. An owner who has no address and
   * did not name the channel is skipped.
   *
   * @param ownerId as the event has it
   * @throws io.eventagents.DependencyUnavailable if the directory does not answer
   */
  public Reach reach(String ownerId) {
    Recipient unknown = Recipient.unknown(ownerId);
    Optional<Reach> place =
        channel.addressOf(unknown).map(address -> new Reach.Somebody(unknown, address, false));
    if (!channel.addressesPeople()) {
      return place.orElseThrow(
          () -> new IllegalStateException(channel.name() + " posts to a place and has none"));
    }
    String shown = OneLine.of(ownerId, LONGEST_ID);
    Optional<Recipient> found;
    try {
      found = directory.find(ownerId);
    } catch (InvalidRecipient e) {
      return new Reach.Impossible(
          shown,
          "what the directory knows of owner '%s' cannot be used: %s"
              .formatted(shown, OneLine.of(String.valueOf(e.getMessage()), 500)));
    }
    return found
        .map(recipient -> reach(recipient, shown, place))
        .or(() -> place)
        .orElseGet(() -> new Reach.Impossible(shown, "owner '%s' is unknown".formatted(shown)));
  }

  private Reach reach(Recipient recipient, String shown, Optional<Reach> place) {
    if (!recipient.preferences().wants(channel.name())) {
      return new Reach.Nobody();
    }
    Optional<String> address = channel.addressOf(recipient);
    if (address.isEmpty()) {
      return recipient.preferences().names(channel.name())
          ? new Reach.Impossible(
              shown, "owner '%s' has no address for %s".formatted(shown, channel.name()))
          : new Reach.Nobody();
    }
    return place
        .filter(shared -> shared instanceof Reach.Somebody it && it.address().equals(address.get()))
        .orElseGet(() -> reach(recipient, shown, address.get()));
  }

  /** The addresses that exist. A shared place never takes the place of one that is gone. */
  private Reach reach(Recipient recipient, String shown, String address) {
    List<GoneAddress> known = gone.of(recipient.id(), channel.name());
    Recipient left =
        known.isEmpty()
            ? recipient
            : recipient.without(it -> known.stream().anyMatch(each -> each.is(it)));
    if (channel.addressOf(left).filter(address::equals).isPresent()) {
      return new Reach.Somebody(left, address, true);
    }
    GoneAddress last = known.getLast();
    return new Reach.Impossible(
        address,
        "the address of owner '%s' for %s is gone, as is known since %s: %s"
            .formatted(shown, channel.name(), last.since(), last.reason()));
  }

  /**
   * Sends one message about one event or several. If this process has already sent one about the
   * same events and it is not {@linkplain #settled settled}, returns that one.
   *
   * @param key the same for every repeat
   * @throws Undeliverable if it can never be delivered
   * @throws io.eventagents.DependencyUnavailable if nothing gets through now
   */
  public SentMessage send(
      Reach.Somebody to, List<? extends Event<? extends Trigger>> events, String key) {
    List<String> eventIds = events.stream().map(Event::eventId).toList();
    Optional<SentMessage> before = unsettled.find(key, eventIds);
    if (before.isPresent()) {
      return before.get();
    }
    Recipient recipient = to.recipient();
    Event<? extends Trigger> first = events.getFirst();
    RenderedMessage content =
        events.size() == 1
            ? templates.render(channel.name(), first.data(), recipient.language(), recipient.zone())
            : templates.digest(
                channel.name(),
                events.stream().map(Event::data).toList(),
                recipient.language(),
                recipient.zone());
    Instant now = clock.instant();
    SentMessage sent;
    try {
      sent = channel.send(new OutgoingMessage(first, recipient, to.address(), content, key));
    } catch (Undeliverable e) {
      remember(to, e.gone(), now);
      throw e;
    } catch (RuntimeException failure) {
      for (Throwable earlier : failure.getSuppressed()) {
        if (earlier instanceof Undeliverable undeliverable) {
          remember(to, undeliverable.gone(), now);
        }
      }
      throw failure;
    }
    unsettled.add(key, eventIds, sent);
    remember(to, sent.gone(), now);
    return sent;
  }

  private void remember(Reach.Somebody to, Map<String, String> addresses, Instant sentAt) {
    if (to.personal()) {
      addresses.forEach(
          (address, reason) ->
              gone.add(to.recipient().id(), channel.name(), address, reason, sentAt));
    }
  }

  /** The message with this key is recorded, so its event does not come again. */
  public void settled(String key) {
    unsettled.settle(key);
  }

  /** Remembers the message, so that its receipts lead to the events. */
  public void track(SentMessage sent, List<? extends Event<? extends Trigger>> events) {
    String messageId = sent.providerMessageId();
    if (messageId == null) {
      return;
    }
    for (Event<? extends Trigger> event : events) {
      tracking.expect(
          new TrackedMessage(
              channel.name(),
              messageId,
              sentId(event),
              event.metadata().correlationId(),
              event.data().taskId(),
              sent.address(),
              event.data().ownerId(),
              clock.instant()));
    }
  }

  /** The event to publish if the message was sent. */
  public NotificationSent sent(SentMessage sent, Event<? extends Trigger> event) {
    return new NotificationSent(
        event.data().taskId(), channel.name(), sent.address(), sent.providerMessageId());
  }

  /** The event to publish if the message can never be delivered. */
  public NotificationFailed failed(
      Event<? extends Trigger> event, String recipient, String reason) {
    return new NotificationFailed(event.data().taskId(), channel.name(), recipient, reason);
  }
}
