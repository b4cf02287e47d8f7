package io.eventagents.local.inbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;

/** The delivery status notification (RFC 3464) for a mail to an unknown recipient. */
final class BounceReport {

  private static final String SERVER = "local";

  private BounceReport() {}

  /** Whether mails to an address bounce: those to addresses that begin with {@code bounce} do. */
  static boolean isFor(String recipient) {
    return recipient.startsWith("bounce");
  }

  /**
   * Creates the report.
   *
   * @param sender the sender of the envelope, who gets the report
   * @param recipient the recipient of the envelope
   */
  static MimeMessage of(MimeMessage mail, String sender, String recipient, Instant now)
      throws MessagingException {
    MimeMessage report = new MimeMessage(Session.getInstance(new Properties()));
    report.setFrom("Mail Delivery System <mailer-daemon@" + SERVER + ">");
    report.setRecipients(MimeMessage.RecipientType.TO, sender);
    report.setSubject("Undelivered: " + subject(mail), StandardCharsets.UTF_8.name());
    report.setSentDate(Date.from(now));
    report.setHeader("Auto-Submitted", "auto-replied");
    report.setContent(
        new MultipartReport(
            "The mail to %s could not be delivered: there is no such user.".formatted(recipient),
            status(recipient),
            headers(mail)));
    report.saveChanges();
    return report;
  }

  private static DeliveryStatus status(String recipient) throws MessagingException {
    InternetHeaders ofMail = new InternetHeaders();
    ofMail.setHeader("Reporting-MTA", "dns; " + SERVER);
    InternetHeaders ofRecipient = new InternetHeaders();
    ofRecipient.setHeader("Final-Recipient", "rfc822; " + recipient);
    ofRecipient.setHeader("Action", "failed");
    ofRecipient.setHeader("Status", "5.1.1");
    ofRecipient.setHeader("Diagnostic-Code", "smtp; 550 5.1.1 No such user");
    DeliveryStatus status = new DeliveryStatus();
    status.setMessageDSN(ofMail);
    status.addRecipientDSN(ofRecipient);
    return status;
  }

  private static InternetHeaders headers(MimeMessage mail) throws MessagingException {
    InternetHeaders headers = new InternetHeaders();
    var lines = mail.getAllHeaderLines();
    while (lines.hasMoreElements()) {
      headers.addHeaderLine(lines.nextElement());
    }
    return headers;
  }

  private static String subject(MimeMessage mail) throws MessagingException {
    String subject = mail.getSubject();
    return subject == null ? "(no subject)" : subject;
  }
}
