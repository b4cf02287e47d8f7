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

/** The delivery status notification (RFC 3464) of a mail that nobody is there for. */
final class BounceReport {

  private static final String SERVER = "local";

  private BounceReport() {}

  /** Whether an address is one of those that mails bounce from: they begin with bounce. */
  static boolean isFor(String recipient) {
    return recipient.startsWith("bounce");
  }

  /**
   * Writes it.
   *
   * @param sender of the envelope, who gets it
   * @param recipient of the envelope
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
            "The mail could not be delivered to %s, who does not exist.".formatted(recipient),
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
