package io.eventagents.local.inbox;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.List;

/**
 * A mail server on the loopback interface. It accepts every mail for everyone, puts it into the
 * {@link Inbox} and serves it over IMAP to mail programs with any user and password. Mails to
 * addresses that begin with {@code bounce} come back to their sender.
 */
public final class MailServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** More would slow down the start and the mail program. */
  private static final int SHOWN_AGAIN = 500;

  private final GreenMail server;

  private MailServer(GreenMail server) {
    this.server = server;
  }

  /**
   * Starts a mail server.
   *
   * @param smtpPort accepts mails
   * @param imapPort serves them
   * @param inbox keeps them; the newest mails in it are served again
   * @throws RuntimeException if a port is taken
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
    Mailboxes mailboxes = new Mailboxes(users, inbox);
    showAgain(mailboxes, inbox);
    users.setMessageDeliveryHandler(mailboxes);
    server.start();
    return new MailServer(server);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void showAgain(Mailboxes mailboxes, Inbox inbox) {
    List<Received> newestFirst =
        inbox.before(Long.MAX_VALUE, SHOWN_AGAIN).stream()
            .filter(received -> received.kind() == Kind.MAIL)
            .toList();
    for (Received mail : newestFirst.reversed()) {
      try {
        mailboxes.again(mail.address(), GreenMailUtil.newMimeMessage(mail.source()));
      } catch (UserException e) {
        throw new IllegalStateException("No mailbox for " + mail.address(), e);
      }
    }
  }
}
