package io.eventagents.notification.email;

import io.eventagents.CorrelationId;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.template.RenderedMessage;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A mail that an event causes: it keeps the {@code Message-ID} that it was given. */
final class EventMail extends MimeMessage {

  private final String messageId;
  private final List<String> marks;

  EventMail(Session session, String messageId, List<String> marks) {
    super(session);
    this.messageId = messageId;
    this.marks = marks;
  }

  EventMail write(InternetAddress from, OutgoingMessage message, Instant at)
      throws MessagingException {
    RenderedMessage content = message.content();
    setFrom(from);
    setRecipient(Message.RecipientType.TO, new InternetAddress(message.address(), true));
    setSentDate(Date.from(at));
    setHeader("Subject", MailText.of("Subject", content.subject()));
    if (content.html() == null) {
      setText(content.text(), StandardCharsets.UTF_8.name());
    } else {
      setContent(alternatives(content.text(), content.html()));
    }
    setHeader("Auto-Submitted", "auto-generated");
    for (String mark : marks) {
      setHeader(mark, messageId);
    }
    // Programs in other languages may write anything into a correlation id, line breaks included.
    String correlationId = message.cause().metadata().correlationId();
    if (CorrelationId.isWellFormed(correlationId)) {
      setHeader(CorrelationId.HTTP_HEADER, correlationId);
    }
    saveChanges();
    return this;
  }

  /** The plainest first (RFC 2046, section 5.1.4). */
  private static MimeMultipart alternatives(String text, String html) throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, StandardCharsets.UTF_8.name());
    MimeBodyPart rich = new MimeBodyPart();
    rich.setText(html, StandardCharsets.UTF_8.name(), "html");
    return new MimeMultipart("alternative", plain, rich);
  }

  /** Every save calls this; the inherited method makes a new id each time. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
