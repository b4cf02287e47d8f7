package io.eventagents.notification.receipt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.Cause;
import io.eventagents.DatabaseSchema;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.notification.directory.GoneAddresses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** A mailbox on a real server, which anybody may write to. */
@ExtendWith(OutputCaptureExtension.class)
class ReportMailboxTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22Z");
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private static final HikariDataSource DATABASE = open();

  private final String user = UUID.randomUUID() + "@company.com";
  private final String id = "<" + UUID.randomUUID() + "@company.com>";
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ReceiptEvent> published = new ArrayList<>();
  private final DelegatingDataSource database = new DelegatingDataSource(DATABASE);
  private final GreenMailUser owner = MAIL.setUser(user, user, "secret");
  private Consumer<ReceiptEvent> publishing = published::add;
  private final DeliveryReceipts receipts =
      new DeliveryReceipts(
          new TrackedMessages(JdbcClient.create(database)),
          new Publisher(event -> publishing.accept(event)),
          new TransactionTemplate(new JdbcTransactionManager(database)),
          GoneAddresses.none(),
          Duration.ofDays(30),
          Clock.fixed(NOW, ZoneOffset.UTC));
  private final ReportMailbox mailbox = mailbox(MAIL.getImap().getPort());

  private static HikariDataSource open() {
    HikariDataSource opened = new HikariDataSource();
    opened.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("mailbox"));
    opened.setUsername("postgres");
    DatabaseSchema.migrate(opened, "notification", "classpath:db/notification");
    return opened;
  }

  @BeforeAll
  static void start() {
    MAIL.start();
  }

  @AfterAll
  static void stop() {
    MAIL.stop();
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon, 1 Jan 300000 00:00:00 +0000",
        "Mon, 1 Jan 0000 00:00:00 +0000",
        "Wed, 15 Jan 2025 99:99:99 +9999",
        "Wed, 15 Jan 99999999999999999999 14:31:00 +0000",
        "yesterday",
        "\0\0\0",
        "(((((((((((((((((((("
      })
  void takesAReportWhateverItsDate(String date) throws Exception {
    String unknown = "<" + UUID.randomUUID() + "@elsewhere.example>";
    deliver(
        SignedReceipts.report("bounced.eml", unknown)
            .replace(
                "Last-Attempt-Date: Wed, 15 Jan 2025 14:31:00 +0000",
                "Last-Attempt-Date: " + date));
    expectReport();

    mailbox.read();

    assertThat(published).hasSize(1);
    assertThat(count("unknown")).isEqualTo(1);
    assertThat(flags()).allMatch(flags -> flags.contains(Flags.Flag.SEEN));
  }

  @ParameterizedTest
  @EnumSource(HostileMail.class)
  void getsPastEveryMail(HostileMail hostile) throws Exception {
    deliver(hostile.text());
    expectReport();

    mailbox.read();

    assertThat(published).hasSize(1);
    assertThat(flags()).allMatch(flags -> flags.contains(Flags.Flag.SEEN));
    assertThat(flags().getFirst().contains(Flags.Flag.FLAGGED)).isEqualTo(hostile.isAReport());
    assertThat(count("malformed")).isEqualTo(hostile.isAReport() ? 1 : 0);
  }

  @Test
  void publishesAReportOfHundredsOfRecipientsOnce() throws Exception {
    receipts.expect(message(id));
    String report = SignedReceipts.report("bounced.eml", id);
    int start = report.indexOf("Final-Recipient");
    int end = report.indexOf("\r\n\r\n", start);
    deliver(
        report.substring(0, start)
            + (report.substring(start, end) + "\r\n\r\n").repeat(400)
            + report.substring(end + 4));

    mailbox.read();

    assertThat(published).hasSize(1);
    assertThat(count("published")).isEqualTo(1);
    assertThat(count("repeated")).isZero();
  }

  @Test
  void leavesTheReportThatIsTooLarge() throws Exception {
    deliver(
        SignedReceipts.report("bounced.eml", id)
            .replace("A task was created", "x".repeat(3_000_000)));
    expectReport();

    mailbox.read();

    assertThat(published).hasSize(1);
    assertThat(count("malformed")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void setsAsideWhatFailsEachTime(boolean error, CapturedOutput output) throws Exception {
    String poison = "<" + UUID.randomUUID() + "@company.com>";
    receipts.expect(message(poison));
    publishing =
        event -> {
          if (event instanceof EmailBounced bounced && bounced.messageId().equals(poison)) {
            if (error) {
              throw new StackOverflowError("deep");
            }
            throw new IllegalStateException("refused");
          }
          published.add(event);
        };
    deliver(SignedReceipts.report("bounced.eml", poison));
    expectReport();

    mailbox.read();

    assertThat(published).hasSize(1);
    assertThat(flags().getFirst().contains(Flags.Flag.SEEN)).isFalse();

    for (int look = 0; look < 5; look++) {
      mailbox.read();
    }

    assertThat(flags().getFirst().contains(Flags.Flag.SEEN)).isTrue();
    assertThat(flags().getFirst().contains(Flags.Flag.FLAGGED)).isTrue();
    assertThat(flags().getLast().contains(Flags.Flag.FLAGGED)).isFalse();
    assertThat(output).containsOnlyOnce("failed each time and is left there");
    assertThat(output).contains("<20250115143100.4F2A1@mx.company.com> with the UID ");
  }

  @Test
  void readsAgainWhatIsMarkedAsUnread() throws Exception {
    String poison = "<" + UUID.randomUUID() + "@company.com>";
    receipts.expect(message(poison));
    publishing =
        event -> {
          throw new IllegalStateException("refused");
        };
    deliver(SignedReceipts.report("bounced.eml", poison));
    for (int look = 0; look < 3; look++) {
      mailbox.read();
    }
    publishing = published::add;
    folder().setFlags(new Flags(Flags.Flag.SEEN), false, uids().getFirst(), null, true);

    mailbox.read();

    assertThat(published).hasSize(1);
  }

  @Test
  void waitsForTheDatabaseAndLosesNothing() throws Exception {
    receipts.expect(message(id));
    deliver(SignedReceipts.report("bounced.eml", id));
    try (HikariDataSource away = new HikariDataSource()) {
      away.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nothing");
      away.setConnectionTimeout(250);
      away.setInitializationFailTimeout(-1);
      database.setTargetDataSource(away);
      for (int look = 0; look < 5; look++) {
        assertThatThrownBy(mailbox::read).isInstanceOf(DependencyUnavailable.class);
      }
    }
    assertThat(flags().getFirst().contains(Flags.Flag.SEEN)).isFalse();
    database.setTargetDataSource(DATABASE);

    mailbox.read();

    assertThat(published).hasSize(1);
    assertThat(count("failed")).isZero();
  }

  /** A server that breaks off each time while it sends one particular mail. */
  @Test
  void getsPastTheMailThatBreaksTheConnection() throws Exception {
    deliver(SignedReceipts.report("bounced.eml", "<other@company.com>"));
    expectReport();
    try (CutConnection server =
        new CutConnection(MAIL.getImap().getPort(), "FETCH 1 (BODY.PEEK[]")) {
      ReportMailbox through = mailbox(server.port());
      for (int look = 0; look < 3; look++) {
        assertThatThrownBy(through::read).isInstanceOf(MessagingException.class);
      }
      assertThat(published).hasSize(1);

      through.read();
    }

    assertThat(count("failed")).isEqualTo(1);
    assertThat(flags().getFirst().contains(Flags.Flag.FLAGGED)).isTrue();
  }

  private void expectReport() throws Exception {
    receipts.expect(message(id));
    deliver(SignedReceipts.report("bounced.eml", id));
  }

  private ReportMailbox mailbox(int port) {
    ReceiptCounts counts = new ReceiptCounts(meters);
    return new ReportMailbox(
        new ReceiptProperties.Mailbox(
            "127.0.0.1",
            port,
            "imap",
            false,
            user,
            "secret",
            "INBOX",
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            DataSize.ofMegabytes(2)),
        new ReceiptIntake(receipts, counts),
        counts);
  }

  private void deliver(String mail) throws Exception {
    owner.deliver(
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(mail.getBytes(ISO_8859_1))));
  }

  private MailFolder folder() throws FolderException {
    return MAIL.getManagers().getImapHostManager().getInbox(owner);
  }

  private List<Flags> flags() throws FolderException {
    return folder().getMessages().stream().map(StoredMessage::getFlags).toList();
  }

  private List<Long> uids() throws FolderException {
    return folder().getMessages().stream().map(StoredMessage::getUid).toList();
  }

  private double count(String outcome) {
    return meters
        .find(ReceiptCounts.METER)
        .tags("source", "mailbox", "outcome", outcome)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static TrackedMessage message(String messageId) {
    return new TrackedMessage(
        "email", messageId, "sent-1", "req-1", "task-1", "kim@company.com", "kim", NOW);
  }

  private record Publisher(Consumer<ReceiptEvent> to) implements EventPublisher<ReceiptEvent> {

    @Override
    public <P extends ReceiptEvent> Event<P> publish(P payload, Cause cause) {
      to.accept(payload);
      return new Event<>(
          UUID.randomUUID().toString(),
          "email.bounced",
          NOW,
          payload,
          new EventMetadata(cause.correlationId(), cause.causationId(), DeliveryReceipts.NAME));
    }
  }
}
