package io.eventagents.local.inbox;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A mail server on loopback that takes every mail for everybody, puts it into the {@link Inbox} and
 * gives it to mail programs over IMAP, whatever their user and password.
 */
public final class MailServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** More would make a mail program wait, and the start. */
  private static final int SHOWN_AGAIN = 500;

  private final GreenMail server;

  private MailServer(GreenMail server) {
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param smtpPort takes mails
   * @param imapPort gives them
   * @param inbox keeps them; the newest that it already has are given again
   * @throws RuntimeException where a port is taken
   */
  public static MailServer start(int smtpPort, int imapPort, Inbox inbox) {
    GreenMail server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(smtpPort, HOST, ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(imapPort, HOST, ServerSetup.PROTOCOL_IMAP)
            });
    server.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    UserManager users = server.getUserManager();
    showAgain(users, inbox);
    MessageDeliveryHandler mailboxes = users.getMessageDeliveryHandler();
    users.setMessageDeliveryHandler(
        (mail, recipient) -> {
          inbox.add(Kind.MAIL, recipient.getEmail(), source(mail.getMessage()));
          return mailboxes.handle(mail, recipient);
        });
    server.start();
    return new MailServer(server);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void showAgain(UserManager users, Inbox inbox) {
    List<Received> newestFirst =
        inbox.before(Long.MAX_VALUE, SHOWN_AGAIN).stream()
            .filter(received -> received.kind() == Kind.MAIL)
            .toList();
    for (Received mail : newestFirst.reversed()) {
      try {
        if (users.getUserByEmail(mail.address()) == null) {
          users.createUser(mail.address(), mail.address(), mail.address());
        }
        users.getUserByEmail(mail.address()).deliver(GreenMailUtil.newMimeMessage(mail.source()));
      } catch (UserException e) {
        throw new IllegalStateException("No mailbox for " + mail.address(), e);
      }
    }
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
