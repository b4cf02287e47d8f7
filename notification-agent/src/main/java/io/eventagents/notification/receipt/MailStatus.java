package io.eventagents.notification.receipt;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a mail was not delivered, as servers code it: by an enhanced status such as {@code 5.1.1}
 * (RFC 3463), or by a reply such as {@code 550} (RFC 5321), which says less.
 *
 * <pre>{@code
 * MailStatus.of("5.0.0", "smtp; 550 5.1.1 User unknown")
 *     .filter(MailStatus::isOfTheAddress) // present: there is no such mailbox
 * }</pre>
 *
 * @param severity 2 for success, 4 for a failure that may pass, 5 for a permanent one
 * @param subject what failed, such as 1 for the address; 0 if that is not stated
 * @param detail the cause within the subject; 0 if that is not stated
 */
public record MailStatus(int severity, int subject, int detail) {

  private static final Pattern ENHANCED =
      Pattern.compile("([245])\\.([0-9]{1,3})\\.([0-9]{1,3})(?![0-9])");

  /** Comments, or the status again, may follow a reply. */
  private static final Pattern REPLY = Pattern.compile("([245])[0-9]{2}(?![0-9])[- #]{0,3}");

  private static final Set<Integer> DETAILS_OF_NO_MAILBOX = Set.of(1, 2, 3, 6, 10);
  private static final int DISABLED = 1;
  private static final int ACCOUNT_DISABLED = 13;

  /**
   * Reads what a report or a provider says.
   *
   * @param status the status; some servers give a reply here
   * @param diagnosis what the receiving server replied, perhaps after {@code smtp;}. It counts if
   *     the status is missing or malformed, or says only how severe the failure is
   * @return empty if neither has a code
   */
  public static Optional<MailStatus> of(@Nullable String status, @Nullable String diagnosis) {
    Optional<MailStatus> stated = read(status);
    Optional<MailStatus> replied = read(withoutType(diagnosis));
    return stated
        .filter(it -> !it.statesTheCause())
        .flatMap(general -> replied.filter(it -> it.severity == general.severity))
        .or(() -> stated)
        .or(() -> replied);
  }

  /** Whether it says more than how severe the failure is. */
  boolean statesTheCause() {
    return subject != 0;
  }

  /** Whether the server will not accept the mail later either. */
  public boolean isPermanent() {
    return severity == 5;
  }

  /**
   * Whether there is no mailbox with the address, so that no other mail can be delivered either. A
   * full mailbox, a mail that is too large and a blocked sender are no such failures.
   */
  public boolean isOfTheAddress() {
    return isPermanent()
        && switch (subject) {
          case 1 -> DETAILS_OF_NO_MAILBOX.contains(detail);
          case 2 -> detail == DISABLED;
          case 7 -> detail == ACCOUNT_DISABLED;
          default -> false;
        };
  }

  private static Optional<MailStatus> read(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String code = text.strip();
    Matcher enhanced = ENHANCED.matcher(code);
    if (enhanced.lookingAt()) {
      return Optional.of(enhanced(enhanced));
    }
    Matcher reply = REPLY.matcher(code);
    if (!reply.lookingAt()) {
      return Optional.empty();
    }
    int severity = Integer.parseInt(reply.group(1));
    enhanced.region(reply.end(), code.length());
    return Optional.of(
        enhanced.lookingAt() && Integer.parseInt(enhanced.group(1)) == severity
            ? enhanced(enhanced)
            : new MailStatus(severity, 0, 0));
  }

  private static MailStatus enhanced(Matcher code) {
    return new MailStatus(
        Integer.parseInt(code.group(1)),
        Integer.parseInt(code.group(2)),
        Integer.parseInt(code.group(3)));
  }

  /** Codes of other types are no replies: {@code X-Unix; 550} would be the exit of a program. */
  private static @Nullable String withoutType(@Nullable String diagnosis) {
    if (diagnosis == null) {
      return null;
    }
    int semicolon = diagnosis.indexOf(';');
    return semicolon >= 0 && diagnosis.substring(0, semicolon).strip().equalsIgnoreCase("smtp")
        ? diagnosis.substring(semicolon + 1)
        : diagnosis;
  }
}
