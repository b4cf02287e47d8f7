package io.eventagents.notification.channel;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.RejectedEvent;
import io.eventagents.notification.trigger.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The agent of a channel, {@code notification-<name>}. It finds the recipient, words the message,
 * sends it now or when they want it, and publishes the outcome. {@link ChannelAgents} creates it.
 *
 * @param <T> the events that the channel tells of
 */
@Agent(effects = Effects.EXTERNAL)
public final class ChannelAgent<T extends Trigger>
    implements Function<Event<T>, List<NotificationEvent>> {

  /** The id appears twice in what is published, which must fit into a record of the broker. */
  private static final int LONGEST_TASK_ID = 16_384;

  private final Messenger messenger;
  private final @Nullable Deferral deferral;
  private final Clock clock;

  ChannelAgent(Messenger messenger, @Nullable Deferral deferral, Clock clock) {
    this.messenger = messenger;
    this.deferral = deferral;
    this.clock = clock;
  }

  /** The name of a channel's agent. */
  public static String nameOf(String channel) {
    return "notification-" + channel;
  }

  /** Finds recipients, and words and sends the messages. */
  public Messenger messenger() {
    return messenger;
  }

  /**
   * Tells of an event.
   *
   * @throws RejectedEvent if its outcome could not be published; nothing has been sent then
   */
  @Override
  public List<NotificationEvent> apply(Event<T> event) {
    int length = event.data().taskId().length();
    if (length > LONGEST_TASK_ID) {
      throw new RejectedEvent(
          "task_id must have at most %d characters, and has %d".formatted(LONGEST_TASK_ID, length));
    }
    String ownerId = event.data().ownerId();
    return switch (messenger.reach(ownerId == null ? "" : ownerId)) {
      case Reach.Nobody nobody -> List.of();
      case Reach.Impossible impossible ->
          List.of(messenger.failed(event, impossible.recipient(), impossible.reason()));
      case Reach.Somebody somebody ->
          deferred(somebody, event) ? List.of() : List.of(sent(somebody, event));
    };
  }

  private NotificationEvent sent(Reach.Somebody to, Event<T> event) {
    String key = messenger.sentId(event);
    try {
      SentMessage sent = messenger.send(to, List.of(event), key);
      messenger.track(sent, List.of(event));
      messenger.settled(key);
      return messenger.sent(sent, event);
    } catch (Undeliverable e) {
      return messenger.failed(event, to.address(), e.reason());
    }
  }

  private boolean deferred(Reach.Somebody to, Event<T> event) {
    if (deferral == null || !to.personal()) {
      return false;
    }
    String channel = messenger.channel();
    Optional<Instant> at =
        to.recipient().preferences().sendAt(channel, clock.instant(), to.recipient().zone());
    if (at.isEmpty()) {
      // After a crash the event comes again, perhaps after the quiet hours, or after the recipient
      // gave them up. Its timer sends it.
      return deferral.has(messenger.sentId(event));
    }
    deferral.keep(
        new Deferral.Later(
            messenger.sentId(event),
            channel,
            to.recipient().id(),
            event,
            at.get(),
            to.recipient().preferences().collects(channel)));
    return true;
  }
}
