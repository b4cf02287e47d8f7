package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.ReceiptProperties.Mailbox;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the mailbox that delivery status notifications come back to: what was not seen yet, and
 * marks it seen once its event is in the outbox. A crash in between reads it again, and so do
 * several instances; each event is published once all the same.
 */
final class ReportMailbox implements SmartLifecycle {

  static final String NAME = "mailbox";

  private static final Logger LOG = LoggerFactory.getLogger(ReportMailbox.class);
  private static final int AT_ONCE = 200;

  private final Mailbox settings;
  private final Session session;
  private final DeliveryReceipts receipts;
  private final ReceiptCounts counts;
  private @Nullable ScheduledExecutorService thread;
  private boolean failing;

  ReportMailbox(Mailbox settings, DeliveryReceipts receipts, ReceiptCounts counts) {
    this.settings = settings;
    this.receipts = receipts;
    this.counts = counts;
    Properties properties = new Properties();
    String prefix = "mail." + settings.protocol() + ".";
    properties.setProperty(
        prefix + "connectiontimeout", Long.toString(settings.connectTimeout().toMillis()));
    properties.setProperty(prefix + "timeout", Long.toString(settings.readTimeout().toMillis()));
    properties.setProperty(
        prefix + "writetimeout", Long.toString(settings.readTimeout().toMillis()));
    // Reading alone must not mark a mail as seen.
    properties.setProperty(prefix + "peek", "true");
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    if (settings.startTls()) {
      properties.setProperty(prefix + "starttls.required", "true");
    }
    this.session = Session.getInstance(properties);
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("notification-mailbox").factory());
      var unused =
          thread.scheduleWithFixedDelay(
              this::look, 0, settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private void look() {
    try {
      read();
      if (failing) {
        failing = false;
        LOG.info("The mailbox {} answers again", settings.name());
      }
    } catch (MessagingException | RuntimeException | Error e) {
      // A scheduled task that throws is never run again. Said once per outage; it is looked at
      // again in its interval.
      if (failing) {
        LOG.debug("The mailbox {} cannot be read", settings.name(), e);
      } else {
        failing = true;
        LOG.warn("The mailbox {} cannot be read; it is tried again", settings.name(), e);
      }
    }
  }

  /** Reads what is new. */
  void read() throws MessagingException {
    try (Store store = session.getStore(settings.protocol())) {
      store.connect(
          settings.host(), settings.portOrDefault(), settings.username(), settings.password());
      try (Folder folder = store.getFolder(settings.folder())) {
        folder.open(Folder.READ_WRITE);
        List<Message> unseen =
            Arrays.stream(folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false)))
                .limit(AT_ONCE)
                .toList();
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.CONTENT_INFO);
        folder.fetch(unseen.toArray(Message[]::new), profile);
        for (Message mail : unseen) {
          read(mail);
          mail.setFlag(Flags.Flag.SEEN, true);
        }
      }
    }
  }

  private void read(Message mail) throws MessagingException {
    List<Receipt> read;
    try {
      if (!DeliveryReport.is(mail)) {
        counts.ignored(NAME);
        return;
      }
      if (mail.getSize() > settings.maxSize().toBytes()) {
        throw new MalformedReceipt("It is larger than " + settings.maxSize());
      }
      read = DeliveryReport.read(mail);
    } catch (MalformedReceipt e) {
      malformed(mail, e);
      return;
    } catch (IOException | MessagingException | RuntimeException e) {
      if (!mail.getFolder().isOpen()) {
        // The connection broke, not the report.
        throw new MessagingException("The mailbox closed while a report was read", e);
      }
      // Anybody may write to the mailbox: what the parser stumbles over must not stop the others.
      malformed(mail, e);
      return;
    }
    if (read.isEmpty()) {
      counts.ignored(NAME);
    }
    for (Receipt receipt : read) {
      counts.published(NAME, receipts.accept(receipt));
    }
  }

  private void malformed(Message mail, Exception failure) throws MessagingException {
    counts.malformed(NAME);
    LOG.warn(
        "The report {} in the mailbox {} cannot be read and is left there: {}",
        mail instanceof MimeMessage mime ? mime.getMessageID() : mail.getMessageNumber(),
        settings.name(),
        failure.getMessage());
  }
}
