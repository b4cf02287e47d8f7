package io.eventagents.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.template.RenderedMessage;
import jakarta.mail.Header;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailChannelTests {

  private static final GreenMail MAILBOX =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private static final String MESSAGE_ID = "<" + Messages.KEY + "@company.com>";

  private final EmailChannel channel = channel();

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

  @AfterEach
  void close() {
    channel.close();
  }

  @Test
  void mailsWhatItIsGiven() throws Exception {
    assertThat(channel.send(Messages.to("user-456@company.com", "A line.\n\nAnother.")))
        .isEqualTo(new SentMessage("user-456@company.com", MESSAGE_ID));

    MimeMessage mail = received();
    assertThat(mail.getAllRecipients())
        .containsExactly(new InternetAddress("user-456@company.com"));
    assertThat(mail.getFrom()).containsExactly(new InternetAddress("tasks@company.com", "Tasks"));
    assertThat(mail.getSubject()).isEqualTo("New task");
    assertThat(text(mail)).isEqualTo("A line.\n\nAnother.");
    assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2025-01-15T14:30:22Z"));
    assertThat(mail.getMessageID()).isEqualTo(MESSAGE_ID);
  }

  @Test
  void mailsHtmlBesideTheText() throws Exception {
    channel.send(message("user-456@company.com", "New task", "Größe", "<p>Größe</p>"));

    MimeMultipart parts = (MimeMultipart) received().getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Größe");
    assertThat(parts.getBodyPart(0).getContentType()).containsIgnoringCase("text/plain");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Größe</p>");
    assertThat(parts.getBodyPart(1).getContentType())
        .containsIgnoringCase("text/html")
        .containsIgnoringCase("utf-8");
  }

  @Test
  void sendsTheSameMessageIdAgainWhenTheMessageComesAgain() {
    channel.send(Messages.to("user-456@company.com"));
    channel.send(Messages.to("user-456@company.com"));

    assertThat(MAILBOX.getReceivedMessages())
        .hasSize(2)
        .extracting(MimeMessage::getMessageID)
        .containsOnly(MESSAGE_ID);
  }

  @Test
  void saysThatAProgramWroteAndInWhichChain() throws Exception {
    channel.send(Messages.to("user-456@company.com"));

    assertThat(received().getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(received().getHeader("X-Correlation-ID")).containsExactly("req-abc-123");
  }

  @Test
  void writesEveryScript() throws Exception {
    String title = "Größe prüfen – 報告書 🎉";
    channel.send(message("user-456@company.com", title, title, null));

    assertThat(received().getSubject()).isEqualTo(title);
    assertThat(text(received())).isEqualTo(title);
    assertThat(received().getContentType()).containsIgnoringCase("charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?UTF-8?B?SGFja2Vk?=",
        "=?UTF-8?Q?=0D=0ABcc:_victim@example.com?=",
        "New task: =?UTF-8?B?SGFja2Vk?= and more",
        "a =? b",
        "=?UTF-8?B?4pyT?= Größe",
        "=?=?=?UTF-8?B?SGFja2Vk?=?=",
        "?= =?",
        "Two  blanks are one",
        "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
        "Größe prüfen – 報告書 ohne Ende, und noch etwas, und noch etwas, und noch etwas, 報告書報告書報告書",
        "plain words that go on and on and on, and on and on and on, and on and on, and never stop to be plain",
        "ends with a blank "
      })
  void showsTheSubjectAsItIs(String subject) throws Exception {
    channel.send(message("user-456@company.com", subject, "text", null));

    String shown = subject.replace("  ", " ").strip();
    MimeMessage mail = received();
    assertThat(mail.getSubject()).isEqualTo(shown);
    assertThat(EncodedWords.decode(mail.getHeader("Subject", null))).isEqualTo(shown);
    assertThat(names(mail)).doesNotContain("Bcc");
  }

  @Test
  void showsASubjectOfOneEndlessWord() throws Exception {
    String endless = "x".repeat(1_000);
    channel.send(message("user-456@company.com", endless, "text", null));

    assertThat(received().getSubject()).isEqualTo(endless);
    assertThat(received().getHeader("Subject", null).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: victim@example.com", "a\nb", "a\0b", "a\u0085b", "a\u2028b"})
  void breaksNoLineInASubject(String subject) throws Exception {
    channel.send(message("user-456@company.com", subject, "text", null));

    assertThat(received().getSubject())
        .startsWith("a ")
        .matches(shown -> shown.codePoints().noneMatch(Character::isISOControl));
    assertThat(names(received())).doesNotContain("Bcc");
  }

  @Test
  void correlationIdAddsNoHeader() throws Exception {
    Event<?> forged =
        new Event<>(
            "e-1",
            "task.created",
            Messages.NOW,
            Messages.CAUSE.data(),
            new EventMetadata("req\r\nBcc: victim@example.com", "c", "s"));
    OutgoingMessage message = Messages.to("user-456@company.com");
    channel.send(
        new OutgoingMessage(
            forged, message.recipient(), message.address(), message.content(), Messages.KEY));

    assertThat(names(received())).doesNotContain("Bcc", "X-Correlation-ID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b@company.com",
        "a@evil.com,b@company.com",
        "evil.com>\r\nRCPT TO:<b@company.com",
        "ann@company.com\r\nBcc: victim@example.com",
        "ann@company.com\nX: y",
        "Ann <ann@company.com>",
        "..@company.com",
        "\"ann\"@company.com",
        "größe@company.com",
        "=?UTF-8?B?SGFja2Vk?=@company.com",
        "ann"
      })
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> channel.send(Messages.to(address)))
        .isInstanceOf(Undeliverable.class)
        .hasMessageEndingWith("is no mail address")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\r", "\n");
    assertThat(MAILBOX.getReceivedMessages()).isEmpty();
  }

  private static EmailChannel channel() {
    JavaMailSenderImpl account = new JavaMailSenderImpl();
    account.setHost("127.0.0.1");
    account.setPort(MAILBOX.getSmtp().getPort());
    try {
      return new EmailChannel(
          new SmtpServer(account, Settings.of(Duration.ofSeconds(5))),
          new InternetAddress("Tasks <tasks@company.com>"),
          List.of(),
          Clock.fixed(Messages.NOW, ZoneOffset.UTC));
    } catch (AddressException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OutgoingMessage message(
      String address, String subject, String text, @Nullable String html) {
    return new OutgoingMessage(
        Messages.CAUSE,
        Messages.recipient(List.of(), List.of()),
        address,
        new RenderedMessage(subject, text, html, null),
        Messages.KEY);
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
