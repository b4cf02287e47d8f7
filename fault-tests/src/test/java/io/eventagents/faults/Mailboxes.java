package io.eventagents.faults;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Owners whose mailboxes are special; their names say how. Thread-safe. */
final class Mailboxes {

  /** Refused for good (5yz). */
  static final String GONE = "gone-";

  /** Refused for now (4yz), always. */
  static final String FULL = "full-";

  /** Refused for now (4yz), for the first times. */
  static final String GREYLISTED = "grey-";

  /** Refused for now (4yz), until somebody minds where they have moved to. */
  static final String MOVED = "moved-";

  /** What is said to that, which no other refusal contains. */
  static final String MOVED_REASON = "mailbox has moved";

  private static final int GREY_REFUSALS = 2;

  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private volatile boolean acceptsMoved;

  void acceptsMoved(boolean accepts) {
    acceptsMoved = accepts;
  }

  /** Whether this owner can never be mailed. */
  static boolean isGone(String ownerId) {
    return ownerId.startsWith(GONE);
  }

  /** Whether mail to this owner ends in the dead letters. */
  static boolean isGivenUp(String ownerId) {
    return ownerId.startsWith(FULL) || ownerId.startsWith(MOVED);
  }

  /** What is answered to {@code RCPT TO:<...>}; null where the recipient is taken. */
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
