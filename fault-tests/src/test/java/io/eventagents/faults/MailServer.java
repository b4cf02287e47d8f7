package io.eventagents.faults;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.Map;

/** A real mail server behind a front that can misbehave. */
final class MailServer implements AutoCloseable {

  private final GreenMail server;
  private final SmtpFront front;

  MailServer() {
    server =
        new GreenMail(
            new ServerSetup(Loopback.freePort(), Loopback.HOST, ServerSetup.PROTOCOL_SMTP));
    server.start();
    front = new SmtpFront(server.getSmtp().getPort());
  }

  /** The port that clients send mail to. */
  int port() {
    return front.port();
  }

  void mode(SmtpMode mode) {
    front.mode(mode);
  }

  /** Sets whether owners whose mailbox has moved get their mail. */
  void acceptsMoved(boolean accepts) {
    front.mailboxes().acceptsMoved(accepts);
  }

  /** The number of arrivals of each mail, by {@code Message-ID}. */
  Map<String, Integer> arrivals() {
    Map<String, Integer> arrivals = new HashMap<>();
    for (MimeMessage mail : server.getReceivedMessages()) {
      try {
        arrivals.merge(mail.getMessageID(), 1, Integer::sum);
      } catch (MessagingException e) {
        throw new IllegalStateException("A mail without readable headers arrived", e);
      }
    }
    return arrivals;
  }

  @Override
  public void close() {
    front.close();
    server.stop();
  }
}
