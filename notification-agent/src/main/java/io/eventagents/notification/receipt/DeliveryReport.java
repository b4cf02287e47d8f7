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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A delivery status notification (RFC 3464), with what happened and the headers of the mail
 * concerned. Some servers send it as {@code multipart/mixed} rather than {@code multipart/report}.
 */
final class DeliveryReport {

  private static final int DEEPEST = 3;
  private static final Pattern PERMANENT_REPLY =
      Pattern.compile("smtp; *5[0-9][0-9]", Pattern.CASE_INSENSITIVE);

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
    if (!(mail.getContent() instanceof Multipart parts)) {
      throw new MalformedReceipt("The report has no parts");
    }
    DeliveryStatus status = null;
    String messageId = null;
    for (Part part : leaves(parts, DEEPEST)) {
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
      if (!is(mail)) {
        return ReceiptBatch.of();
      }
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

  /** Also those of a report within another mail: a gateway may put a notice in front of it. */
  private static List<Part> leaves(Multipart parts, int depth)
      throws MessagingException, IOException {
    List<Part> leaves = new ArrayList<>();
    for (int i = 0; i < parts.getCount(); i++) {
      Part part = parts.getBodyPart(i);
      if (depth > 0 && part.isMimeType("multipart/*") && part.getContent() instanceof Multipart inner) {
        leaves.addAll(leaves(inner, depth - 1));
      } else {
        leaves.add(part);
      }
    }
    return leaves;
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
    return Receipt.failed(kind, messageId, at, reason, isPermanent(status, diagnosis));
  }

  /** By the status; if there is none, by the reply of the server. */
  private static boolean isPermanent(@Nullable String status, @Nullable String diagnosis) {
    if (status != null) {
      return status.startsWith("5");
    }
    return diagnosis != null && PERMANENT_REPLY.matcher(diagnosis).lookingAt();
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

  private static boolean isAny(Part part, String... types) throws MessagingException {
    for (String type : types) {
      if (part.isMimeType(type)) {
        return true;
      }
    }
    return false;
  }
}
