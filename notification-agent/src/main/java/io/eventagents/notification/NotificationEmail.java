package io.eventagents.notification;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventIds;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.util.function.Function;

/**
 * Mails the owner of a task.
 *
 * <p>The {@code Message-ID} begins with the id of the {@code notification.sent} that follows: the
 * same when a mail is repeated, so that mail programs show it once, and a mail in hand leads to its
 * event.
 */
@Agent(effects = Effects.EXTERNAL)
final class NotificationEmail implements Function<Event<EmailTrigger>, NotificationSent> {

  static final String NAME = "notification-email";

  private final SmtpServer server;
  private final RecipientPattern recipients;
  private final InternetAddress from;
  private final Clock clock;

  NotificationEmail(
      SmtpServer server, RecipientPattern recipients, InternetAddress from, Clock clock) {
    this.server = server;
    this.recipients = recipients;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public NotificationSent apply(Event<EmailTrigger> event) {
    EmailTrigger trigger = event.data();
    String recipient = recipients.addressOf(trigger.ownerId());
    String messageId = messageId(event.eventId());
    try {
      server.deliver(
          new EventMail(server.session(), messageId)
              .write(
                  from,
                  recipient,
                  clock.instant(),
                  MailText.about(trigger),
                  event.metadata().correlationId()));
    } catch (MessagingException e) {
      throw new IllegalStateException("The mail for " + trigger.taskId() + " cannot be written", e);
    }
    return new NotificationSent(trigger.taskId(), "email", recipient, messageId);
  }

  private String messageId(String eventId) {
    String id = EventIds.derive(NAME, eventId, "notification.sent", 0);
    String address = from.getAddress();
    return "<%s@%s>".formatted(id, address.substring(address.lastIndexOf('@') + 1));
  }
}
