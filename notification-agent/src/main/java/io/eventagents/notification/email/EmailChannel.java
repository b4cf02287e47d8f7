package io.eventagents.notification.email;

import io.eventagents.notification.channel.Channel;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.MailAddress;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.template.OneLine;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Mail.
 *
 * <p>The {@code Message-ID} begins with the id of the {@code notification.sent} that follows. It is
 * the same if a mail is repeated, so that mail programs show the mail once, and it leads from a
 * mail to its event.
 */
final class EmailChannel implements Channel, AutoCloseable {

  private final SmtpServer server;
  private final InternetAddress from;
  private final List<String> marks;
  private final Clock clock;

  /**
   * @param marks the headers that repeat the {@code Message-ID}
   */
  EmailChannel(SmtpServer server, InternetAddress from, List<String> marks, Clock clock) {
    this.server = server;
    this.from = from;
    this.marks = List.copyOf(marks);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.ofNullable(recipient.email());
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    if (!MailAddress.isValid(message.address())) {
      // A line break in an address would start another command or header.
      throw new Undeliverable(
          "'%s' is no mail address".formatted(OneLine.of(message.address(), 100)));
    }
    String messageId = messageId(message.idempotencyKey());
    try {
      server.deliver(
          new EventMail(server.session(), messageId, marks).write(from, message, clock.instant()));
    } catch (MessagingException e) {
      throw new IllegalStateException(
          "The mail for " + message.recipient().id() + " cannot be written", e);
    }
    return new SentMessage(message.address(), messageId);
  }

  private String messageId(String key) {
    String address = from.getAddress();
    return "<%s@%s>".formatted(key, address.substring(address.lastIndexOf('@') + 1));
  }

  @Override
  public void close() {
    server.close();
  }
}
