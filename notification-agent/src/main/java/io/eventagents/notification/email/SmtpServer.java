package io.eventagents.notification.email;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.receipt.MailStatus;
import io.eventagents.notification.socket.Deadline;
import io.eventagents.notification.socket.TimedSockets;
import io.eventagents.notification.template.OneLine;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The mail server that {@code spring.mail.*} configures. Thread-safe.
 *
 * <p>Connections are reused. Opening one costs several times as much as a mail, and more with
 * encryption and a login.
 *
 * <p>It uses the transport directly, because {@link JavaMailSenderImpl#send} reports a failed QUIT
 * as a failed mail, and the mail would be sent again.
 *
 * <p>Time limits that the account lacks are set, for its other users too. An exchange as a whole
 * may take as long as all its replies together, so that a server that sends a byte now and then
 * blocks nobody.
 */
final class SmtpServer implements AutoCloseable {

  private static final int AUTHENTICATION_REQUIRED = 530;
  private static final int CLOSING = 421;
  private static final int TOO_LARGE = 552;

  /** Greeting, EHLO twice, STARTTLS and three for a login. A mail has fewer. */
  private static final int MOST_REPLIES = 7;

  private final JavaMailSenderImpl account;
  private final Session session;
  private final String protocol;
  private final Duration limit;
  private final SmtpConnections connections;

  SmtpServer(JavaMailSenderImpl account, EmailProperties settings) {
    this.account = account;
    this.protocol = account.getProtocol() == null ? "smtp" : account.getProtocol();
    this.session = account.getSession();
    // Without these limits a server that hangs blocks the agent and health checks for ever.
    limit("connectiontimeout", settings.connectTimeout());
    limit("timeout", settings.readTimeout());
    limit("writetimeout", settings.writeTimeout());
    TimedSockets.install(session.getProperties(), protocol);
    this.limit =
        settings
            .connectTimeout()
            .plus(settings.readTimeout().multipliedBy(MOST_REPLIES))
            .plus(settings.writeTimeout());
    this.connections =
        new SmtpConnections(
            this::connect,
            settings.connections(),
            settings.idleTimeout(),
            settings.mailsPerConnection(),
            settings.connectTimeout().plus(settings.readTimeout()));
  }

  private void limit(String name, Duration value) {
    session
        .getProperties()
        .putIfAbsent("mail.%s.%s".formatted(protocol, name), Long.toString(value.toMillis()));
  }

  Session session() {
    return session;
  }

  /** How long opening a connection may take, with a login. */
  Duration connectLimit() {
    return limit;
  }

  /** The server's name for operators. */
  String name() {
    String port = account.getPort() > 0 ? ":" + account.getPort() : "";
    return protocol + "://" + account.getHost() + port;
  }

  /**
   * Delivers the mail to the server.
   *
   * @throws DependencyUnavailable if no mail would get through: the server cannot be reached,
   *     breaks off, closes (421), wants other credentials or refuses this sender
   * @throws MailRefused if it refuses this mail for now (4yz)
   * @throws Undeliverable if it refuses this mail for good (5yz)
   */
  void deliver(MimeMessage mail) {
    SmtpConnection connection = take();
    MessagingException failure = send(mail, connection);
    if (failure != null && connection.isReused() && isBrokenOff(failure)) {
      // The server closed the reused connection, and perhaps all others. That is no outage yet.
      connections.dropIdle();
      failure = send(mail, take());
    }
    if (failure != null) {
      throw refused(failure);
    }
  }

  private @Nullable MessagingException send(MimeMessage mail, SmtpConnection connection) {
    try {
      connection.send(mail);
    } catch (MessagingException e) {
      connections.drop(connection);
      return e;
    }
    connections.giveBack(connection);
    return null;
  }

  private SmtpConnection take() {
    try {
      return connections.take();
    } catch (MessagingException e) {
      throw new DependencyUnavailable(name(), e);
    }
  }

  private SmtpConnection connect() throws MessagingException {
    Transport transport = session.getTransport(protocol);
    Deadline.within(
        limit,
        () ->
            transport.connect(
                account.getHost(),
                account.getPort(),
                account.getUsername(),
                account.getPassword()));
    return new SmtpConnection(transport, limit);
  }

  /**
   * False if the server was silent for the whole time limit, as a second try would wait as long
   * again.
   */
  private static boolean isBrokenOff(MessagingException failure) {
    Reply reply = Reply.in(failure);
    return reply == null
        ? !(NestedExceptionUtils.getRootCause(failure) instanceof SocketTimeoutException)
        : reply.code == CLOSING;
  }

  private RuntimeException refused(MessagingException failure) {
    Reply reply = Reply.in(failure);
    if (reply == null
        || reply.code == CLOSING
        || reply.code == AUTHENTICATION_REQUIRED
        || reply.refusesSender()) {
      return new DependencyUnavailable(name(), failure);
    }
    String message = "%s refused the mail: %s".formatted(name(), OneLine.of(reply.text, 500));
    if (reply.code / 100 == 4) {
      return new MailRefused(message, failure);
    }
    boolean gone =
        reply.recipient != null
            && MailStatus.of(null, reply.text).filter(MailStatus::isOfTheAddress).isPresent();
    return new Undeliverable(message, failure, gone ? Map.of(reply.recipient, message) : Map.of());
  }

  @Override
  public void close() {
    connections.close();
  }

  /** The server's reply, which the innermost failure has. */
  private record Reply(int code, String text, boolean isOfSender, @Nullable String recipient) {

    /**
     * The sender is a setting and the same for every mail. The size of a single mail is refused
     * here too.
     */
    boolean refusesSender() {
      return isOfSender && code / 100 == 5 && code != TOO_LARGE;
    }

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
      boolean isOfSender =
          failure instanceof SMTPSenderFailedException
              || (failure instanceof SMTPSendFailedException e
                  && String.valueOf(e.getCommand()).startsWith("MAIL"));
      String recipient =
          failure instanceof SMTPAddressFailedException e ? e.getAddress().getAddress() : null;
      return code < 400
          ? null
          : new Reply(code, String.valueOf(failure.getMessage()), isOfSender, recipient);
    }
  }
}
