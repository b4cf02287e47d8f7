package io.eventagents.notification.receipt;

import jakarta.mail.Flags;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The unseen mails of a mailbox that were read before, by UID. They failed, or they are decided and
 * could not be marked. For one thread.
 */
final class MailProgress {

  /**
   * How often a mail is tried if something else may be the cause, such as the connection or the
   * memory.
   */
  private static final int MOST_ATTEMPTS = 3;

  private final Map<Long, Integer> attempts = new HashMap<>();
  private final Map<Long, Flags> decided = new HashMap<>();
  private long validity;

  /** If the validity changes (RFC 3501, section 2.3.1.1), UIDs mean other mails. */
  void of(long uidValidity) {
    if (validity != uidValidity) {
      validity = uidValidity;
      attempts.clear();
      decided.clear();
    }
  }

  /** How many mails come before new ones. */
  int size() {
    return attempts.size() + decided.size();
  }

  /** The mails, with those that never failed first, so that no mail blocks the others. */
  List<ReportMail> sorted(List<ReportMail> unseen) {
    var uids = unseen.stream().map(ReportMail::uid).collect(Collectors.toUnmodifiableSet());
    attempts.keySet().retainAll(uids);
    decided.keySet().retainAll(uids);
    return unseen.stream()
        .sorted(Comparator.comparing(mail -> attempts.getOrDefault(mail.uid(), 0)))
        .toList();
  }

  /** How the mail is to be marked, if that is decided. */
  @Nullable Flags decision(ReportMail mail) {
    return decided.get(mail.uid());
  }

  void decide(ReportMail mail, Flags flags) {
    attempts.remove(mail.uid());
    decided.put(mail.uid(), flags);
  }

  /** Records another failure; false if the mail is not to be tried again. */
  boolean failed(ReportMail mail) {
    return attempts.merge(mail.uid(), 1, Integer::sum) < MOST_ATTEMPTS;
  }

  /** Forgets a mail that was marked. */
  void marked(ReportMail mail) {
    decided.remove(mail.uid());
  }
}
