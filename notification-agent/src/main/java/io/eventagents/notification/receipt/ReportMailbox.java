package io.eventagents.notification.receipt;

import io.eventagents.DependencyUnavailable;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.FailureOnce;
import io.eventagents.notification.receipt.ReceiptProperties.Mailbox;
import io.eventagents.notification.socket.Deadline;
import io.eventagents.notification.socket.TimedSockets;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the unseen mails of the mailbox for delivery status notifications. A mail is marked as seen
 * once its event is in the outbox. After a crash in between it is read again, and several instances
 * may read it too, but each event is published once.
 *
 * <p>A mail that cannot be read, or fails repeatedly, is flagged and left there. While the database
 * is away, all mails wait.
 */
final class ReportMailbox {

  static final String NAME = "mailbox";

  private static final Logger log = LoggerFactory.getLogger(ReportMailbox.class);
  private static final int AT_ONCE = 200;

  /** More responses than it takes to read and mark a mail. */
  private static final int ANSWERS = 10;

  /** How many mails may take their whole time limit before the rest waits for the next round. */
  private static final int SLOW_MAILS = 10;

  private final Mailbox settings;
  private final Session session;
  private final ReceiptIntake receipts;
  private final ReceiptCounts counts;
  private final Duration limit;
  private final MailProgress progress = new MailProgress();
  private final FailureOnce failing;

  ReportMailbox(Mailbox settings, ReceiptIntake receipts, ReceiptCounts counts) {
    this.settings = settings;
    this.receipts = receipts;
    this.counts = counts;
    this.failing = new FailureOnce(() -> log.info("The mailbox {} answers again", settings.name()));
    Properties properties = new Properties();
    String prefix = "mail." + settings.protocol() + ".";
    properties.setProperty(
        prefix + "connectiontimeout", Long.toString(settings.connectTimeout().toMillis()));
    properties.setProperty(prefix + "timeout", Long.toString(settings.readTimeout().toMillis()));
    properties.setProperty(
        prefix + "writetimeout", Long.toString(settings.readTimeout().toMillis()));
    // Most reports fit into one response.
    properties.setProperty(prefix + "fetchsize", Integer.toString(64 * 1024));
    // Reading a mail must not mark it as seen.
    properties.setProperty(prefix + "peek", "true");
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    if (settings.startTls()) {
      properties.setProperty(prefix + "starttls.required", "true");
    }
    TimedSockets.install(properties, settings.protocol());
    this.limit = settings.connectTimeout().plus(settings.readTimeout().multipliedBy(ANSWERS));
    this.session = Session.getInstance(properties);
  }

  /** Reads the mailbox at intervals. If the application stops, a round is interrupted. */
  BackgroundLoop loop() {
    return BackgroundLoop.named("notification-mailbox")
        .interruptAfter(Duration.ZERO)
        .stopWithin(Duration.ZERO)
        .onFailure(this::tell)
        .repeating(this::look);
  }

  private Duration look() throws MessagingException {
    read();
    failing.ends();
    return settings.pollInterval();
  }

  private Duration tell(Throwable failure) {
    if (failing.begins()) {
      log.warn("The mailbox {} cannot be read; it is tried again", settings.name(), failure);
    } else {
      log.debug("The mailbox {} cannot be read", settings.name(), failure);
    }
    return settings.pollInterval();
  }

  /**
   * Reads the new mails, and gets past each of them, whatever it contains.
   *
   * @throws MessagingException if the connection breaks
   * @throws DependencyUnavailable if the database is away
   */
  void read() throws MessagingException {
    Deadline.within(limit.multipliedBy(SLOW_MAILS), this::readInTime);
  }

  private void readInTime() throws MessagingException {
    try (Store store = session.getStore(settings.protocol())) {
      store.connect(
          settings.host(), settings.portOrDefault(), settings.username(), settings.password());
      try (IMAPFolder folder = (IMAPFolder) store.getFolder(settings.folder())) {
        folder.open(Folder.READ_WRITE);
        progress.of(folder.getUIDValidity());
        Message[] unseen = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        int most = AT_ONCE + progress.size();
        List<ReportMail> next =
            ReportMail.of(folder, Arrays.copyOf(unseen, Math.min(unseen.length, most)));
        for (ReportMail mail : progress.sorted(next)) {
          Deadline.within(limit, () -> take(mail));
          if (!folder.isOpen()) {
            throw new MessagingException("The mailbox broke off at the mail " + mail);
          }
        }
      }
    }
  }

  private void take(ReportMail mail) throws MessagingException {
    Flags flags = progress.decision(mail);
    if (flags == null) {
      flags = read(mail);
      if (flags == null) {
        return;
      }
      progress.decide(mail, flags);
    }
    mail.mark(flags);
    progress.marked(mail);
  }

  /** How the mail is to be marked; null if it is to be read again. */
  private @Nullable Flags read(ReportMail mail) {
    try {
      receipts.take(NAME, mail.read(settings.maxSize()));
      return new Flags(Flags.Flag.SEEN);
    } catch (DependencyUnavailable e) {
      throw e;
    } catch (MalformedReceipt e) {
      counts.add(NAME, ReceiptOutcome.MALFORMED);
      log.warn(
          "The report {} in the mailbox {} cannot be read and is left there, flagged: {}",
          mail,
          settings.name(),
          e.getMessage());
      return aside();
    } catch (MessagingException | RuntimeException | Error e) {
      if (progress.failed(mail)) {
        log.debug("The mail {} failed; it is tried again", mail, e);
        return null;
      }
      counts.add(NAME, ReceiptOutcome.FAILED);
      log.warn(
          "The mail {} in the mailbox {} failed each time and is left there, flagged; mark it as"
              + " unread to have it read again",
          mail,
          settings.name(),
          e);
      return aside();
    }
  }

  /** The mail is flagged for people, and is not read again. */
  private static Flags aside() {
    Flags flags = new Flags(Flags.Flag.SEEN);
    flags.add(Flags.Flag.FLAGGED);
    return flags;
  }
}
