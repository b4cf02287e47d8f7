package io.eventagents.notification;

import io.eventagents.DependencyUnavailable;
import io.eventagents.RejectedEvent;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The mail server that {@code spring.mail.*} names, one connection per mail. Thread-safe.
 *
 * <p>It talks to the transport itself: {@link JavaMailSenderImpl#send} reports a failed goodbye as
 * a failed mail, and the mail would be sent again.
 *
 * <p>The account gets the time limits that it has none of, for its other users too.
 */
final class SmtpServer {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
  private static final int AUTHENTICATION_REQUIRED = 530;
  private static final int CLOSING = 421;

  private final JavaMailSenderImpl account;
  private final Session session;
  private final String protocol;

  SmtpServer(
      JavaMailSenderImpl account,
      Duration connectTimeout,
      Duration readTimeout,
      Duration writeTimeout) {
    this.account = account;
    this.protocol = account.getProtocol() == null ? "smtp" : account.getProtocol();
    this.session = account.getSession();
    // Without these a server that hangs holds the agent for ever, and whoever asks for health.
    Properties settings = session.getProperties();
    settings.putIfAbsent("mail.%s.connectiontimeout".formatted(protocol), millis(connectTimeout));
    settings.putIfAbsent("mail.%s.timeout".formatted(protocol), millis(readTimeout));
    settings.putIfAbsent("mail.%s.writetimeout".formatted(protocol), millis(writeTimeout));
  }

  Session session() {
    return session;
  }

  /** The server as an operator knows it. */
  String name() {
    String port = account.getPort() > 0 ? ":" + account.getPort() : "";
    return protocol + "://" + account.getHost() + port;
  }

  /**
   * Hands the mail over.
   *
   * @throws DependencyUnavailable where the server cannot be reached, breaks off, closes (421) or
   *     wants other credentials: no mail would get through
   * @throws MailRefused where it refuses this mail for now (4yz)
   * @throws RejectedEvent where it refuses this mail for good (5yz)
   */
  void deliver(MimeMessage mail) {
    Transport transport = connect();
    try {
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (MessagingException e) {
      throw refused(e);
    } finally {
      close(transport);
    }
  }

  private Transport connect() {
    try {
      Transport transport = session.getTransport(protocol);
      transport.connect(
          account.getHost(), account.getPort(), account.getUsername(), account.getPassword());
      return transport;
    } catch (MessagingException e) {
      throw new DependencyUnavailable(name(), e);
    }
  }

  private RuntimeException refused(MessagingException failure) {
    Reply reply = Reply.in(failure);
    if (reply == null || reply.code == CLOSING || reply.code == AUTHENTICATION_REQUIRED) {
      return new DependencyUnavailable(name(), failure);
    }
    String message = "%s refused the mail: %s".formatted(name(), OneLine.of(reply.text, 500));
    return reply.code / 100 == 4
        ? new MailRefused(message, failure)
        : new RejectedEvent(message, failure);
  }

  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("The mail server did not say goodbye; the mail's fate was decided before", e);
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** What the server answered; the innermost failure has it. */
  private record Reply(int code, String text) {

    static @Nullable Reply in(@Nullable Throwable failure) {
      if (failure == null) {
        return null;
      }
      Exception next = failure instanceof MessagingException e ? e.getNextException() : null;
      Reply inner = in(next != null ? next : failure.getCause());
      if (inner != null) {
        return inner;
      }
      int code =
          switch (failure) {
            case SMTPAddressFailedException e -> e.getReturnCode();
            case SMTPSenderFailedException e -> e.getReturnCode();
            case SMTPSendFailedException e -> e.getReturnCode();
            default -> -1;
          };
      return code < 400 ? null : new Reply(code, String.valueOf(failure.getMessage()));
    }
  }
}
