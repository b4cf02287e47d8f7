package io.eventagents.notification.receipt;

import io.eventagents.notification.template.OneLine;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A mail in the mailbox for reports.
 *
 * <p>The mail is fetched as it is and parsed here. How a server parses a hostile mail can be
 * neither bounded nor trusted.
 */
final class ReportMail {

  /**
   * More than the header of a report. A mail that says only after this that it is a report is not
   * one.
   */
  private static final int HEAD = 64 * 1024;

  /**
   * How much of a report is read. After the text for people, the status and the header of the
   * bounced mail comes only that mail's body. A parser needs fifty times the memory for small parts
   * and headers.
   */
  private static final int READ = 256 * 1024;

  private static final int LONGEST_NAME = 200;
  private static final Session SESSION = Session.getInstance(new Properties());

  private final IMAPFolder folder;
  private final IMAPMessage message;
  private final long uid;
  private String name;

  private ReportMail(IMAPFolder folder, IMAPMessage message) throws MessagingException {
    this.folder = folder;
    this.message = message;
    this.uid = folder.getUID(message);
    this.name = "with the UID " + uid;
  }

  /** These mails of the folder. The server is asked for little, and for all mails at once. */
  static List<ReportMail> of(IMAPFolder folder, Message[] messages) throws MessagingException {
    FetchProfile profile = new FetchProfile();
    profile.add(UIDFolder.FetchProfileItem.UID);
    profile.add(FetchProfile.Item.SIZE);
    folder.fetch(messages, profile);
    List<ReportMail> mails = new ArrayList<>();
    for (Message message : messages) {
      mails.add(new ReportMail(folder, (IMAPMessage) message));
    }
    return mails;
  }

  /** The UID, which stays the same as long as the folder's validity does. */
  long uid() {
    return uid;
  }

  /**
   * Reads the report.
   *
   * @param largest how large a report may be
   * @return nothing if the mail is no report, or only says that another mail is late
   * @throws MalformedReceipt if it is a report that cannot be read, now or later
   * @throws MessagingException if the server does not return the mail
   */
  ReceiptBatch read(DataSize largest) throws MessagingException, MalformedReceipt {
    MimeMessage report = report(largest);
    if (report == null) {
      return ReceiptBatch.of();
    }
    try {
      return DeliveryReport.read(report);
    } catch (MessagingException | IOException | RuntimeException e) {
      // Anybody may write to the mailbox, and such mails can break a parser.
      throw new MalformedReceipt(OneLine.of(e.toString(), Receipt.LONGEST), e);
    }
  }

  private @Nullable MimeMessage report(DataSize largest)
      throws MessagingException, MalformedReceipt {
    try (InputStream content = message.getMimeStream()) {
      byte[] head = content.readNBytes(HEAD);
      MimeMessage start = new MimeMessage(SESSION, new ByteArrayInputStream(head));
      name(start);
      boolean says = DeliveryReport.is(start);
      if (!says && !DeliveryReport.canBe(start)) {
        return null;
      }
      if (says && message.getSize() > largest.toBytes()) {
        throw new MalformedReceipt("It is larger than " + largest);
      }
      return new MimeMessage(
          SESSION,
          new SequenceInputStream(
              new ByteArrayInputStream(head),
              new ByteArrayInputStream(content.readNBytes(READ - HEAD))));
    } catch (IOException e) {
      throw new MessagingException("The server did not hand out the mail", e);
    } catch (RuntimeException | Error e) {
      // The rest of the response is still to come, so the connection is of no further use.
      folder.forceClose();
      throw e;
    }
  }

  private void name(MimeMessage start) throws MessagingException {
    String messageId = start.getHeader("Message-ID", null);
    if (messageId != null) {
      name = OneLine.of(messageId, LONGEST_NAME) + " " + name;
    }
  }

  /** Sets the flags, as far as the server can store them. */
  void mark(Flags flags) throws MessagingException {
    Flags kept = folder.getPermanentFlags();
    if (kept != null) {
      flags = new Flags(flags);
      flags.retainAll(kept);
    }
    message.setFlags(flags, true);
  }

  /** Its {@code Message-ID}, if already known, and its UID. */
  @Override
  public String toString() {
    return name;
  }
}
