package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A delivery status notification (RFC 3464), with what happened and the headers of the mail
 * concerned. Some servers send it as {@code multipart/mixed} rather than {@code multipart/report}.
 */
final class DeliveryReport {

  private static final Logger log = LoggerFactory.getLogger(DeliveryReport.class);

  private static final int DEEPEST = 3;

  /** More than any report has, also within one another. */
  private static final int MOST_PARTS = 100;

  private static final List<String> STATUSES =
      List.of("message/delivery-status", "message/global-delivery-status");
  private static final List<String> MAILS = List.of("message/rfc822", "message/global");

  /** The types of the mail that comes back, whole or cut off. */
  private static final List<String> ORIGINALS =
      List.of(
          "message/rfc822",
          "message/global",
          "message/partial",
          "text/rfc822-headers",
          "message/rfc822-headers",
          "message/global-headers");

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

  /** Whether a mail can be one though it does not say so: its parts decide. */
  static boolean canBe(Part mail) throws MessagingException {
    return mail.getContentType().strip().toLowerCase(Locale.ROOT).startsWith("multipart/mixed");
  }

  /**
   * Reads the report.
   *
   * @return what it says, each kind once; nothing if the mail is only late, or is no report after
   *     all
   * @throws MalformedReceipt if it lacks what RFC 3464 requires, or the original's {@code
   *     Message-ID}
   */
  static ReceiptBatch read(Part mail) throws MessagingException, IOException, MalformedReceipt {
    List<Part> parts = leaves(mail, DEEPEST);
    return is(mail) || parts.stream().anyMatch(DeliveryReport::isStatus)
        ? read(parts)
        : attached(parts);
  }

  private static ReceiptBatch read(List<Part> parts)
      throws MessagingException, IOException, MalformedReceipt {
    DeliveryStatus status = null;
    String messageId = null;
    for (Part part : parts) {
      if (isStatus(part)) {
        status = DeliveryStatus.of(part);
      } else if (isAny(part, ORIGINALS)) {
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

  /** A gateway may attach the report to a notice of its own. */
  private static ReceiptBatch attached(List<Part> parts)
      throws MessagingException, IOException, MalformedReceipt {
    for (Part part : parts) {
      if (isAny(part, MAILS) && part.getContent() instanceof Part mail && is(mail)) {
        return read(leaves(mail, DEEPEST));
      }
    }
    return ReceiptBatch.of();
  }

  /** The parts within the whole, also those within other parts. */
  private static List<Part> leaves(Part whole, int depth) throws MessagingException {
    List<Part> leaves = new ArrayList<>();
    for (Part part : parts(whole)) {
      if (depth > 0 && isAny(part, List.of("multipart/*"))) {
        leaves.addAll(leaves(part, depth - 1));
      } else {
        leaves.add(part);
      }
    }
    return leaves;
  }

  /** None if it cannot be taken apart: the other parts may say all that is needed. */
  private static List<Part> parts(Part whole) {
    List<Part> parts = new ArrayList<>();
    try {
      if (whole.getContent() instanceof Multipart content) {
        for (int i = 0; i < Math.min(content.getCount(), MOST_PARTS); i++) {
          parts.add(content.getBodyPart(i));
        }
      }
    } catch (MessagingException | IOException | RuntimeException e) {
      log.debug("A part of a mail cannot be taken apart", e);
    }
    return parts;
  }

  private static ReceiptBatch receipts(DeliveryStatus status, @Nullable String messageId)
      throws MalformedReceipt {
    List<Receipt> receipts = new ArrayList<>();
    for (Map.Entry<Kind, Map<String, String>> recipient : status.first().entrySet()) {
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

  private static Receipt receipt(Kind kind, String messageId, Map<String, String> recipient) {
    Instant at = date(recipient.get("Last-Attempt-Date"));
    if (kind == Kind.EMAIL_DELIVERED) {
      return Receipt.delivered(kind, messageId, at);
    }
    String status = recipient.get("Status");
    String diagnosis = recipient.get("Diagnostic-Code");
    String reason =
        diagnosis == null ? "status " + (status == null ? "unknown" : status) : diagnosis;
    return Receipt.bounced(messageId, at, reason, MailStatus.of(status, diagnosis), false, false);
  }

  private static @Nullable String messageId(Part original) throws MessagingException, IOException {
    try (InputStream in = new BufferedInputStream(original.getInputStream())) {
      skipEmptyLines(in);
      String value = new InternetHeaders(in).getHeader("Message-ID", null);
      if (value == null || value.isBlank()) {
        return null;
      }
      // Comments may stand around it.
      String line = MimeUtility.unfold(value).strip();
      int start = line.indexOf('<');
      int end = line.indexOf('>', start + 1);
      return start < 0 || end < 0 ? line : line.substring(start, end + 1);
    }
  }

  /** Some servers write one before the header of the mail that comes back. */
  private static void skipEmptyLines(InputStream in) throws IOException {
    int next;
    do {
      in.mark(1);
      next = in.read();
    } while (next == '\r' || next == '\n');
    in.reset();
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

  /** False also if the type cannot be read. */
  private static boolean isStatus(Part part) {
    try {
      return isAny(part, STATUSES);
    } catch (MessagingException e) {
      return false;
    }
  }

  private static boolean isAny(Part part, List<String> types) throws MessagingException {
    for (String type : types) {
      if (part.isMimeType(type)) {
        return true;
      }
    }
    return false;
  }
}
