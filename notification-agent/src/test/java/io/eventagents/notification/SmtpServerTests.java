package io.eventagents.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.eventagents.DependencyUnavailable;
import io.eventagents.RejectedEvent;
import jakarta.mail.internet.InternetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpServerTests {

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user",
    "RCPT, 501 5.1.3 bad address",
    "RCPT, 553 5.1.8 sender denied",
    "MAIL, 552 5.3.4 too big",
    "DATA, 554 5.5.1 no",
    "MESSAGE, 554 5.7.1 looks like spam"
  })
  void rejectsWhatTheServerRefusesForGood(String verb, String answer) throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of(verb, answer))) {
      assertThatThrownBy(() -> send(server.port()))
          .isInstanceOf(RejectedEvent.class)
          .hasMessage("smtp://127.0.0.1:%d refused the mail: %s".formatted(server.port(), answer));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 450 4.2.1 greylisted",
    "RCPT, 452 4.2.2 mailbox full",
    "MAIL, 451 4.3.0 try again",
    "MESSAGE, 451 4.7.1 try again"
  })
  void triesAMailAgainThatTheServerRefusesForNow(String verb, String answer) throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of(verb, answer))) {
      assertThatThrownBy(() -> send(server.port()))
          .isInstanceOf(MailRefused.class)
          .hasMessageEndingWith(answer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 421 4.3.2 closing",
    "GREETING, 554 5.3.2 no service",
    "MAIL, 421 4.3.2 closing",
    "RCPT, 421 4.7.0 too many",
    "MESSAGE, 421 4.3.2 closing",
    "MAIL, 530 5.7.0 authentication required",
    "GREETING, hang",
    "EHLO, hang",
    "MAIL, hang",
    "RCPT, hang",
    "MESSAGE, hang",
    "GREETING, close",
    "EHLO, close",
    "MAIL, close",
    "RCPT, close",
    "DATA, close",
    "MESSAGE, close"
  })
  void waitsForAServerThatDoesNotServe(String verb, String answer) throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of(verb, answer))) {
      assertThatThrownBy(() -> send(server.port()))
          .asInstanceOf(type(DependencyUnavailable.class))
          .extracting(DependencyUnavailable::dependency)
          .isEqualTo("smtp://127.0.0.1:" + server.port());
    }
  }

  @Test
  void waitsForAServerThatRefusesConnections() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThatThrownBy(() -> send(free)).isInstanceOf(DependencyUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "hang", "421 closing"})
  void takesAMailForSentWhateverTheGoodbye(String answer) throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of("QUIT", answer))) {
      assertThatCode(() -> send(server.port())).doesNotThrowAnyException();
      assertThat(server.taken()).isOne();
    }
  }

  @Test
  void givesTheAccountTheTimeLimitsThatItLacks() {
    JavaMailSenderImpl account = new JavaMailSenderImpl();
    account.getJavaMailProperties().setProperty("mail.smtp.timeout", "1");
    new SmtpServer(account, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));

    assertThat(account.getSession().getProperties())
        .containsEntry("mail.smtp.connectiontimeout", "5000")
        .containsEntry("mail.smtp.timeout", "1")
        .containsEntry("mail.smtp.writetimeout", "30000");
  }

  private static void send(int port) throws Exception {
    JavaMailSenderImpl account = new JavaMailSenderImpl();
    account.setHost("127.0.0.1");
    account.setPort(port);
    Duration timeout = Duration.ofMillis(300);
    new NotificationEmail(
            new SmtpServer(account, timeout, timeout, timeout),
            new RecipientPattern("{owner_id}@company.com"),
            new InternetAddress("tasks@company.com"),
            Clock.systemUTC())
        .apply(Events.mail(Events.CREATED));
  }
}
