package io.eventagents.notification.email;

import io.eventagents.notification.socket.Deadline;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection for one mail after the other. For one thread at a time. */
final class SmtpConnection {

  private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

  /**
   * Within this time after its last use a connection counts as open. A check would cost as much as
   * a mail.
   */
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

  /** Whether it has sent another mail before, so that the server may have closed it since. */
  boolean isReused() {
    return mails > 1;
  }

  /** Marks it as broken after a failure, as the state of the protocol is unknown. */
  void spoil() {
    spoilt = true;
  }

  /** Whether the server still listens and the limit of mails is not reached. */
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
