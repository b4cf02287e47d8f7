package io.eventagents.notification.receipt;

import jakarta.mail.Flags;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The unseen mails of a mailbox that were looked at before, by their UIDs: those that failed, and
 * those that are decided and could not be marked. Used by one thread.
 */
final class MailProgress {

  /** So often something is tried that may be no mail's fault: a connection, the memory. */
  private static final int MOST_ATTEMPTS = 3;

  private final Map<Long, Integer> attempts = new HashMap<>();
  private final Map<Long, Flags> decided = new HashMap<>();
  private long validity;

  /** UIDs of another validity (RFC 3501, section 2.3.1.1) are those of other mails. */
  void of(long uidValidity) {
    if (validity != uidValidity) {
      validity = uidValidity;
      attempts.clear();
      decided.clear();
    }
  }

  /** How many mails are in the way of new ones. */
  int size() {
    return attempts.size() + decided.size();
  }

  /** Those that never failed first, so that no mail keeps the others waiting. */
  List<ReportMail> sorted(List<ReportMail> unseen) {
    var uids = unseen.stream().map(ReportMail::uid).collect(Collectors.toUnmodifiableSet());
    attempts.keySet().retainAll(uids);
    decided.keySet().retainAll(uids);
    return unseen.stream()
        .sorted(Comparator.comparing(mail -> attempts.getOrDefault(mail.uid(), 0)))
        .toList();
  }

  /** How it is to be marked, if that is decided. */
  @Nullable Flags decision(ReportMail mail) {
    return decided.get(mail.uid());
  }

  void decide(ReportMail mail, Flags flags) {
    attempts.remove(mail.uid());
    decided.put(mail.uid(), flags);
  }

  /** Notes that it failed once more; false if it is not to be tried again. */
  boolean failed(ReportMail mail) {
    return attempts.merge(mail.uid(), 1, Integer::sum) < MOST_ATTEMPTS;
  }

  /** After it was marked nothing needs to be known of it. */
  void marked(ReportMail mail) {
    decided.remove(mail.uid());
  }
}
