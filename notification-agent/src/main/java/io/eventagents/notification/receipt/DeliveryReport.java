package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery status notification (RFC 3464), with what happened and the headers of the mail
 * concerned.
 */
final class DeliveryReport {

  private DeliveryReport() {}

  /** Whether a mail is a report, by its content type. */
  static boolean is(Part mail) throws MessagingException {
    String type = mail.getContentType();
    if (!type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/report")) {
      return false;
    }
    String reports;
    try {
      reports = new ContentType(type).getParameter("report-type");
    } catch (ParseException e) {
      return true; // its parts decide
    }
    // Some servers leave the parameter out; their parts decide.
    return reports == null || reports.toLowerCase(Locale.ROOT).endsWith("delivery-status");
  }

  /**
   * Reads the report.
   *
   * @return what it says, each kind once; nothing if the mail is only late
   * @throws MalformedReceipt if it lacks what RFC 3464 requires, or the original's {@code
   *     Message-ID}
   */
  static ReceiptBatch read(Part mail) throws MessagingException, IOException, MalformedReceipt {
    if (!(mail.getContent() instanceof Multipart parts)) {
      throw new MalformedReceipt("The report has no parts");
    }
    DeliveryStatus status = null;
    String messageId = null;
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      if (isAny(part, "message/delivery-status", "message/global-delivery-status")) {
        status = DeliveryStatus.of(part);
      } else if (isAny(
          part,
          "message/rfc822",
          "message/global",
          "text/rfc822-headers",
          "message/rfc822-headers",
          "message/global-headers")) {
        String id = messageId(part);
        messageId = id == null ? messageId : id;
      }
    }
    if (status == null) {
      throw new MalformedReceipt("The report has no part message/delivery-status");
    }
    if (status.recipients() == 0) {
      throw new MalformedReceipt("The report names no recipient");
    }
    if (status.withoutAction() == status.recipients()) {
      throw new MalformedReceipt("The report says no action");
    }
    return receipts(status, messageId);
  }

  private static ReceiptBatch receipts(DeliveryStatus status, @Nullable String messageId)
      throws MalformedReceipt {
    List<Receipt> receipts = new ArrayList<>();
    for (Map.Entry<Kind, InternetHeaders> recipient : status.first().entrySet()) {
      if (messageId == null) {
        throw new MalformedReceipt("The report does not say which mail it is about");
      }
      receipts.add(receipt(recipient.getKey(), MessageId.of(messageId), recipient.getValue()));
    }
    return new ReceiptBatch(
        receipts,
        status.withoutAction() == 0
            ? List.of()
            : List.of(
                new MalformedReceipt(
                    "The report says no action for %d of %d recipients"
                        .formatted(status.withoutAction(), status.recipients()))));
  }

  private static Receipt receipt(Kind kind, String messageId, InternetHeaders recipient) {
    Instant at = date(DeliveryStatus.value(recipient, "Last-Attempt-Date"));
    if (kind == Kind.EMAIL_DELIVERED) {
      return Receipt.delivered(kind, messageId, at);
    }
    String status = DeliveryStatus.value(recipient, "Status");
    String diagnosis = DeliveryStatus.value(recipient, "Diagnostic-Code");
    String reason =
        diagnosis == null ? "status " + (status == null ? "unknown" : status) : diagnosis;
    return Receipt.failed(kind, messageId, at, reason, status != null && status.startsWith("5"));
  }

  private static @Nullable String messageId(Part original) throws MessagingException, IOException {
    try (InputStream in = original.getInputStream()) {
      String value = DeliveryStatus.value(new InternetHeaders(in), "Message-ID");
      if (value == null) {
        return null;
      }
      // Comments may stand around it.
      int start = value.indexOf('<');
      int end = value.indexOf('>', start + 1);
      return start < 0 || end < 0 ? value : value.substring(start, end + 1);
    }
  }

  private static @Nullable Instant date(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return new MailDateFormat().parse(text).toInstant();
    } catch (java.text.ParseException e) {
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
