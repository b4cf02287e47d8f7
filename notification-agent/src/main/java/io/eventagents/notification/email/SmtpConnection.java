package io.eventagents.notification.email;

import io.eventagents.notification.socket.Deadline;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that mails are sent over, one after the other. Used by one thread at a time. */
final class SmtpConnection {

  private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

  /** So soon after its last use it is taken for open: asking would cost as much as a mail. */
  private static final long TRUSTED = Duration.ofSeconds(1).toNanos();

  private final Transport transport;
  private final Duration limit;
  private int mails;
  private boolean spoilt;
  private long lastUse = System.nanoTime();

  /**
   * @param limit how long an exchange may take
   */
  SmtpConnection(Transport transport, Duration limit) {
    this.transport = transport;
    this.limit = limit;
  }

  void send(MimeMessage mail) throws MessagingException {
    mails++;
    Deadline.within(limit, () -> transport.sendMessage(mail, mail.getAllRecipients()));
    lastUse = System.nanoTime();
  }

  /** Whether another mail went over it before this one, so that it may have been closed since. */
  boolean isReused() {
    return mails > 1;
  }

  /** After a failure: who knows what the server expects next. */
  void spoil() {
    spoilt = true;
  }

  /** Whether the server still listens, and has not yet had as many mails as it may get. */
  boolean takesAnother(int most) {
    return !spoilt && mails < most && (System.nanoTime() - lastUse < TRUSTED || isConnected());
  }

  private boolean isConnected() {
    AtomicBoolean isConnected = new AtomicBoolean();
    Deadline.within(limit, () -> isConnected.set(transport.isConnected()));
    return isConnected.get();
  }

  void close() {
    try {
      Deadline.within(limit, transport::close);
    } catch (MessagingException e) {
      log.debug("The mail server did not say goodbye; the mails' fate was decided before", e);
    }
  }
}
