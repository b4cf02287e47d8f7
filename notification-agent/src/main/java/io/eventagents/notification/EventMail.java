package io.eventagents.notification;

import io.eventagents.CorrelationId;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A mail that an event causes: it keeps the {@code Message-ID} that it was given. */
final class EventMail extends MimeMessage {

  private final String messageId;

  EventMail(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  EventMail write(
      InternetAddress from, String recipient, Instant at, MailText text, String correlationId)
      throws MessagingException {
    setFrom(from);
    setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
    setSentDate(Date.from(at));
    setSubject(text.subject(), StandardCharsets.UTF_8.name());
    setText(text.body(), StandardCharsets.UTF_8.name());
    setHeader("Auto-Submitted", "auto-generated");
    // Programs in other languages may write anything into a correlation id, line breaks included.
    if (CorrelationId.isWellFormed(correlationId)) {
      setHeader(CorrelationId.HTTP_HEADER, correlationId);
    }
    saveChanges();
    return this;
  }

  /** Called by every save; the inherited method makes a new id each time. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
