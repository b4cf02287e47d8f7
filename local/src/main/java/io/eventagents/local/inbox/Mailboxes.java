package io.eventagents.local.inbox;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Puts mails into the {@link Inbox} and the mailbox of their recipient. A mail that bounces goes
 * into the inbox as well, and its report goes to the sender in the same way.
 */
final class Mailboxes implements MessageDeliveryHandler {

  /**
   * The user whose mailbox takes undelivered mails, because the server puts every mail into a
   * mailbox.
   */
  private static final String NOBODY = "nobody@local";

  private final UserManager users;
  private final Inbox inbox;

  Mailboxes(UserManager users, Inbox inbox) {
    this.users = users;
    this.inbox = inbox;
  }

  @Override
  public GreenMailUser handle(MovingMessage moving, MailAddress to)
      throws MessagingException, UserException {
    MimeMessage mail = moving.getMessage();
    String recipient = to.getEmail();
    inbox.add(Kind.MAIL, recipient, source(mail));
    if (!BounceReport.isFor(recipient)) {
      return of(recipient);
    }
    // A report has no sender, and a report about a report would never end.
    String sender = moving.getReturnPath() == null ? "" : moving.getReturnPath().getEmail();
    if (!sender.isBlank() && !BounceReport.isFor(sender)) {
      MimeMessage report = BounceReport.of(mail, sender, recipient, Instant.now());
      inbox.add(Kind.MAIL, sender, source(report));
      of(sender).deliver(report);
    }
    return of(NOBODY);
  }

  /** Puts a mail from before the start into its mailbox again. */
  void again(String recipient, MimeMessage mail) throws UserException {
    if (!BounceReport.isFor(recipient)) {
      of(recipient).deliver(mail);
    }
  }

  private GreenMailUser of(String address) throws UserException {
    GreenMailUser user = users.getUserByEmail(address);
    return user == null ? users.createUser(address, address, address) : user;
  }

  private static String source(MimeMessage mail) throws MessagingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      mail.writeTo(bytes);
    } catch (IOException e) {
      throw new MessagingException("Could not read the mail", e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
