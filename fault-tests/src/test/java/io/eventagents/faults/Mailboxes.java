package io.eventagents.faults;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Owners with special mailboxes. The prefix of their names says how. Thread-safe. */
final class Mailboxes {

  /** Refused permanently (5yz). */
  static final String GONE = "gone-";

  /** Always refused temporarily (4yz). */
  static final String FULL = "full-";

  /** Refused temporarily (4yz), the first few times. */
  static final String GREYLISTED = "grey-";

  /** Refused temporarily (4yz), until the server accepts mails for moved mailboxes. */
  static final String MOVED = "moved-";

  /** The text of that refusal, which no other refusal contains. */
  static final String MOVED_REASON = "mailbox has moved";

  private static final int GREY_REFUSALS = 2;

  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private volatile boolean acceptsMoved;

  void acceptsMoved(boolean accepts) {
    acceptsMoved = accepts;
  }

  /** Whether mail to this owner is always refused permanently. */
  static boolean isGone(String ownerId) {
    return ownerId.startsWith(GONE);
  }

  /** Whether mail to this owner ends in the dead letters. */
  static boolean isGivenUp(String ownerId) {
    return ownerId.startsWith(FULL) || ownerId.startsWith(MOVED);
  }

  /** The answer to {@code RCPT TO:<...>}; null if the recipient is accepted. */
  @Nullable String refusal(String command) {
    String mailbox = command.toLowerCase(Locale.ROOT).replaceAll("^rcpt to:\\s*<?", "");
    if (mailbox.startsWith(GONE)) {
      return "550 5.1.1 no such mailbox";
    }
    if (mailbox.startsWith(MOVED) && !acceptsMoved) {
      return "451 4.1.6 " + MOVED_REASON;
    }
    if (mailbox.startsWith(FULL)) {
      return "452 4.2.2 mailbox full";
    }
    if (mailbox.startsWith(GREYLISTED)
        && refusals.merge(mailbox, 1, Integer::sum) <= GREY_REFUSALS) {
      return "451 4.7.1 greylisted, come again";
    }
    return null;
  }
}
