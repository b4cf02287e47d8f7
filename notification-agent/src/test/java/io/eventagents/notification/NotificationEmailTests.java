package io.eventagents.notification;

import static io.eventagents.test.AgentFixture.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.EventIds;
import jakarta.mail.Header;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class NotificationEmailTests {

  private static final GreenMail MAILBOX =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private final NotificationEmail agent = agent("{owner_id}@company.com");

  @BeforeAll
  static void start() {
    MAILBOX.start();
  }

  @AfterAll
  static void stop() {
    MAILBOX.stop();
  }

  @BeforeEach
  void empty() throws Exception {
    MAILBOX.purgeEmailFromAllMailboxes();
  }

  @Test
  void mailsTheOwnerOfANewTask() throws Exception {
    agent.apply(Events.mail(Events.CREATED));

    MimeMessage mail = received();
    assertThat(mail.getAllRecipients())
        .containsExactly(new InternetAddress("user-456@company.com"));
    assertThat(mail.getFrom()).containsExactly(new InternetAddress("tasks@company.com", "Tasks"));
    assertThat(mail.getSubject()).isEqualTo("New task: Review quarterly report");
    assertThat(text(mail))
        .isEqualTo(
            """
            A task was created for you.

            Title:    Review quarterly report
            Priority: 2
            Due:      Monday 20 January 2025, 17:00 UTC
            Task:     task-123""");
    assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2025-01-15T14:30:22Z"));
  }

  @Test
  void remindsTheOwnerOfATask() throws Exception {
    given(new ReminderDue("task-123", "user-456", "Review", null)).when(agent);

    assertThat(received().getSubject()).isEqualTo("Reminder: Review");
    assertThat(text(received()))
        .isEqualTo("A task of yours is waiting.\n\nTitle:    Review\nTask:     task-123");
  }

  @Test
  void tellsWhatWasSent() {
    given(Events.mail(Events.CREATED))
        .when(agent)
        .thenEmits(new NotificationSent("task-123", "email", "user-456@company.com", messageId()));
  }

  @Test
  void sendsTheSameMessageIdAgainWhenTheEventComesAgain() throws Exception {
    given(Events.mail(Events.CREATED)).after(Events.mail(Events.CREATED)).when(agent);

    assertThat(MAILBOX.getReceivedMessages())
        .hasSize(2)
        .extracting(MimeMessage::getMessageID)
        .containsOnly(messageId());
  }

  @Test
  void saysThatAProgramWroteAndInWhichChain() throws Exception {
    agent.apply(Events.mail(Events.CREATED));

    assertThat(received().getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(received().getHeader("X-Correlation-ID")).containsExactly("req-abc-123");
  }

  @Test
  void writesEveryScript() throws Exception {
    agent.apply(Events.mail(Events.created("Größe prüfen – 報告書 🎉")));

    assertThat(received().getSubject()).isEqualTo("New task: Größe prüfen – 報告書 🎉");
    assertThat(text(received())).contains("Größe prüfen – 報告書 🎉");
    assertThat(received().getContentType()).containsIgnoringCase("charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nBcc: victim@example.com",
        "x\nBcc: victim@example.com",
        "x\rBcc: victim@example.com",
        "x\r\n Bcc: victim@example.com",
        "x\r\n\r\nBcc: victim@example.com",
        "x\u0085\u2028\u2029\u0000Bcc: victim@example.com",
        "ü\r\nBcc: victim@example.com"
      })
  void titleAddsNoHeaderAndNoLine(String title) throws Exception {
    agent.apply(Events.mail(Events.created(title)));

    assertThat(names(received()))
        .containsExactlyInAnyOrder(
            "Return-Path",
            "Received",
            "Date",
            "From",
            "To",
            "Message-ID",
            "Subject",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Auto-Submitted",
            "X-Correlation-ID");
    assertThat(received().getSubject()).endsWith(" Bcc: victim@example.com");
    assertThat(text(received()).lines()).hasSize(5);
  }

  @Test
  void correlationIdAddsNoHeader() throws Exception {
    agent.apply(Events.mail(Events.CREATED, "req\r\nBcc: victim@example.com"));

    assertThat(names(received())).doesNotContain("Bcc", "X-Correlation-ID");
  }

  @Test
  void shortensAnEndlessTitle() throws Exception {
    agent.apply(Events.mail(Events.created("report ".repeat(2_000))));

    assertThat(received().getSubject()).hasSizeLessThan(170).endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a@evil.com",
        "a@evil.com,b",
        "evil.com>\r\nRCPT TO:<b",
        "Ann <ann",
        "..",
        "ann.",
        "\"ann\"",
        "größe"
      })
  void rejectsAnOwnerWhoMakesNoAddress(String ownerId) {
    TaskCreated created = new TaskCreated("task-123", "Review", ownerId, 2, null);

    given(created)
        .when(agent)
        .thenRejects("makes no mail address with the pattern '{owner_id}@company.com'");
    assertThat(MAILBOX.getReceivedMessages()).isEmpty();
  }

  @Test
  void takesAddressesAsOwnersWhereThePatternSaysSo() throws Exception {
    given(new TaskCreated("task-1", "Review", "ann.b@example.com", 2, null))
        .when(agent("{owner_id}"));

    assertThat(received().getAllRecipients())
        .containsExactly(new InternetAddress("ann.b@example.com"));
  }

  private static NotificationEmail agent(String pattern) {
    JavaMailSenderImpl account = new JavaMailSenderImpl();
    account.setHost("127.0.0.1");
    account.setPort(MAILBOX.getSmtp().getPort());
    Duration timeout = Duration.ofSeconds(5);
    try {
      return new NotificationEmail(
          new SmtpServer(account, timeout, timeout, timeout),
          new RecipientPattern(pattern),
          new InternetAddress("Tasks <tasks@company.com>"),
          Clock.fixed(Events.NOW, ZoneOffset.UTC));
    } catch (AddressException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String messageId() {
    return "<%s@company.com>"
        .formatted(EventIds.derive("notification-email", Events.ID, "notification.sent", 0));
  }

  private static MimeMessage received() {
    assertThat(MAILBOX.getReceivedMessages()).hasSize(1);
    return MAILBOX.getReceivedMessages()[0];
  }

  private static String text(MimeMessage mail) throws Exception {
    return mail.getContent().toString().replace("\r\n", "\n").strip();
  }

  private static List<String> names(MimeMessage mail) throws Exception {
    return Collections.list(mail.getAllHeaders()).stream().map(Header::getName).toList();
  }
}
