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
 * A mail of the mailbox that reports come to.
 *
 * <p>It is fetched as it is and read here: what a server makes of the structure of a hostile mail
 * can neither be bounded nor be trusted.
 */
final class ReportMail {

  /** More than the header of a report has. What says so only behind it is none. */
  private static final int HEAD = 64 * 1024;

  /**
   * What is read of a report. Behind the text for people, the status and the header of the mail
   * that came back there is only that mail's body; and a parser makes fifty times as much of small
   * parts and headers.
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

  /** These mails of the folder; little is asked of the server, and of none in particular. */
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

  /** The same as long as the folder's UIDs are valid. */
  long uid() {
    return uid;
  }

  /**
   * What it reports.
   *
   * @param largest how large a report may be
   * @return nothing if it is no report, or only says that its mail is late
   * @throws MalformedReceipt if it is a report that cannot be read, now or later
   * @throws MessagingException if the server does not hand it out
   */
  ReceiptBatch read(DataSize largest) throws MessagingException, MalformedReceipt {
    MimeMessage report = report(largest);
    if (report == null) {
      return ReceiptBatch.of();
    }
    try {
      return DeliveryReport.read(report);
    } catch (MessagingException | IOException | RuntimeException e) {
      // Anybody may write to the mailbox: a parser can stumble over anything.
      throw new MalformedReceipt(OneLine.of(e.toString(), Receipt.LONGEST), e);
    }
  }

  private @Nullable MimeMessage report(DataSize largest)
      throws MessagingException, MalformedReceipt {
    try (InputStream content = message.getMimeStream()) {
      byte[] head = content.readNBytes(HEAD);
      MimeMessage start = new MimeMessage(SESSION, new ByteArrayInputStream(head));
      name(start);
      if (!DeliveryReport.is(start)) {
        return null;
      }
      if (message.getSize() > largest.toBytes()) {
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
      // The rest of the answer is still to come, so that nothing else can be read over it.
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

  /** As far as the server can keep the flags. */
  void mark(Flags flags) throws MessagingException {
    Flags kept = folder.getPermanentFlags();
    if (kept != null) {
      flags = new Flags(flags);
      flags.retainAll(kept);
    }
    message.setFlags(flags, true);
  }

  /** Its {@code Message-ID}, if it is known by now, and its UID. */
  @Override
  public String toString() {
    return name;
  }
}
