package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * A delivery status notification (RFC 3464): what happened, and the headers of the mail that it
 * happened to.
 */
final class DeliveryReport {

  /** Of a line (RFC 5322, section 2.1.1), which a Message-ID cannot leave. */
  private static final int LONGEST_ID = 998;

  private DeliveryReport() {}

  /** Whether a mail is one, by its content type. */
  static boolean is(Part mail) throws MessagingException {
    if (!mail.isMimeType("multipart/report")) {
      return false;
    }
    String type = new ContentType(mail.getContentType()).getParameter("report-type");
    // Some servers leave the parameter out; their parts decide.
    return type == null || type.toLowerCase(Locale.ROOT).endsWith("delivery-status");
  }

  /**
   * Reads it.
   *
   * @return what it says; nothing where the mail is only late
   * @throws MalformedReceipt where it lacks what RFC 3464 requires, or the original's {@code
   *     Message-ID}
   */
  static List<Receipt> read(Part mail) throws MessagingException, IOException, MalformedReceipt {
    if (!(mail.getContent() instanceof Multipart parts)) {
      throw new MalformedReceipt("The report has no parts");
    }
    DeliveryStatus status = null;
    String messageId = null;
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      if (isAny(part, "message/delivery-status", "message/global-delivery-status")) {
        try (InputStream in = part.getInputStream()) {
          status = new DeliveryStatus(in);
        }
      } else if (isAny(
          part,
          "message/rfc822",
          "message/global",
          "text/rfc822-headers",
          "message/rfc822-headers",
          "message/global-headers")) {
        messageId = messageId(part);
      }
    }
    if (status == null) {
      throw new MalformedReceipt("The report has no part message/delivery-status");
    }
    return receipts(status, messageId);
  }

  private static List<Receipt> receipts(DeliveryStatus status, @Nullable String messageId)
      throws MalformedReceipt {
    if (status.getRecipientDSNCount() == 0) {
      throw new MalformedReceipt("The report names no recipient");
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < status.getRecipientDSNCount(); i++) {
      InternetHeaders recipient = status.getRecipientDSN(i);
      String action = value(recipient, "Action");
      if (action == null) {
        throw new MalformedReceipt("The report says no action");
      }
      Kind kind = kind(action);
      if (kind == null) {
        continue;
      }
      if (messageId == null) {
        throw new MalformedReceipt("The report does not say which mail it is about");
      }
      if (messageId.length() > LONGEST_ID
          || messageId.codePoints().anyMatch(Character::isISOControl)) {
        // No mail of ours, and the database would refuse it, now and with each repeat.
        throw new MalformedReceipt("The Message-ID of the mail it is about is none");
      }
      receipts.add(receipt(kind, messageId, recipient));
    }
    return receipts;
  }

  private static @Nullable Kind kind(String action) {
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "failed" -> Kind.EMAIL_BOUNCED;
      case "delivered", "expanded" -> Kind.EMAIL_DELIVERED;
      // Late, or handed to a server that reports nothing: not known yet, or never.
      default -> null;
    };
  }

  private static Receipt receipt(Kind kind, String messageId, InternetHeaders recipient) {
    Instant at = date(value(recipient, "Last-Attempt-Date"));
    if (kind == Kind.EMAIL_DELIVERED) {
      return Receipt.delivered(kind, messageId, at);
    }
    String status = value(recipient, "Status");
    String diagnosis = value(recipient, "Diagnostic-Code");
    String reason =
        diagnosis == null ? "status " + (status == null ? "unknown" : status) : diagnosis;
    return Receipt.failed(kind, messageId, at, reason, status != null && status.startsWith("5"));
  }

  private static @Nullable String messageId(Part original) throws MessagingException, IOException {
    // Over IMAP the server knows the id, and some serve the part without its headers.
    if (original.isMimeType("message/rfc822")
        && original.getContent() instanceof MimeMessage message
        && message.getMessageID() != null) {
      return message.getMessageID().strip();
    }
    try (InputStream in = original.getInputStream()) {
      return value(new InternetHeaders(in), "Message-ID");
    }
  }

  private static @Nullable String value(InternetHeaders headers, String name) {
    String value = headers.getHeader(name, null);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable Instant date(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return new MailDateFormat().parse(text).toInstant();
    } catch (ParseException e) {
      return null;
    }
  }

  private static boolean isAny(Part part, String... types) throws MessagingException {
    for (String type : types) {
      if (part.isMimeType(type)) {
        return true;
      }
    }
    return false;
  }
}
