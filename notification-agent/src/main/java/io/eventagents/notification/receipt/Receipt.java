package io.eventagents.notification.receipt;

import io.eventagents.EventTime;
import io.eventagents.notification.template.OneLine;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about one message.
 *
 * @param messageId the id of the message, as in its {@link TrackedMessage}
 * @param kind what became of it
 * @param at when, if the provider says so; a time outside the years 1 to 9999 counts as missing, as
 *     neither the database nor the readers of events support such times
 * @param reason why it was not delivered; null if it was
 * @param permanent whether it would fail again, for example because the address does not exist
 * @param addressGone whether no other message can be delivered to the address either
 */
record Receipt(
    String messageId,
    Kind kind,
    @Nullable Instant at,
    @Nullable String reason,
    boolean permanent,
    boolean addressGone) {

  /** The longest reason, in code points. */
  static final int LONGEST = 500;

  Receipt {
    at = at == null || !EventTime.isStorable(at) ? null : at;
  }

  static Receipt delivered(Kind kind, String messageId, @Nullable Instant at) {
    return new Receipt(messageId, kind, at, null, false, false);
  }

  static Receipt failed(
      Kind kind, String messageId, @Nullable Instant at, String reason, boolean permanent) {
    return new Receipt(messageId, kind, at, OneLine.of(reason, LONGEST), permanent, false);
  }

  /**
   * A bounce of a mail. The status decides; what the provider's type says counts without one.
   *
   * @param status the status of the server that refused the mail; empty if it is not known
   * @param lasting whether the type says that the next mail fails too
   * @param suppressed whether the type says that the provider sends nothing more to the address. It
   *     counts also for a permanent status that does not state the cause
   */
  static Receipt bounced(
      String messageId,
      @Nullable Instant at,
      String reason,
      Optional<MailStatus> status,
      boolean lasting,
      boolean suppressed) {
    boolean permanent = status.map(MailStatus::isPermanent).orElse(lasting);
    return failed(Kind.EMAIL_BOUNCED, messageId, at, reason, permanent)
        .ofAnAddressThatIsGone(
            status
                .filter(MailStatus::statesTheCause)
                .map(MailStatus::isOfTheAddress)
                .orElse(permanent && suppressed));
  }

  /** The same receipt, which says that there is no such address. */
  Receipt ofAnAddressThatIsGone(boolean gone) {
    return new Receipt(messageId, kind, at, reason, permanent, gone);
  }

  /** What became of it, and on which channel. */
  enum Kind {
    EMAIL_DELIVERED("email"),
    EMAIL_BOUNCED("email"),
    SMS_DELIVERED("sms"),
    SMS_FAILED("sms");

    private final String channel;

    Kind(String channel) {
      this.channel = channel;
    }

    /** Whether receipts may come for messages of this channel. */
    static boolean isOf(String channel) {
      return Arrays.stream(values()).anyMatch(kind -> kind.channel.equals(channel));
    }

    String channel() {
      return channel;
    }
  }
}
