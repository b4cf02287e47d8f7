package io.eventagents.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.Undeliverable;
import jakarta.mail.internet.InternetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpServerTests {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
          .isInstanceOf(Undeliverable.class)
          .hasMessage("smtp://127.0.0.1:%d refused the mail: %s".formatted(server.port(), answer));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, true",
    "RCPT, 550 5.2.1 disabled, true",
    "RCPT, 550 blocked, false",
    "RCPT, 552 5.2.2 mailbox full, false",
    "RCPT, 550 5.7.1 relaying denied, false",
    "DATA, 554 5.1.1 no valid recipients, false"
  })
  void namesTheAddressThatDoesNotExist(String verb, String answer, boolean gone) throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of(verb, answer))) {
      assertThatThrownBy(() -> send(server.port()))
          .isInstanceOfSatisfying(
              Undeliverable.class,
              failure ->
                  assertThat(failure.gone().keySet())
                      .isEqualTo(gone ? Set.of("user-456@company.com") : Set.of()));
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
    "MAIL, 550 5.7.1 sender not allowed",
    "MAIL, 553 5.7.1 sender not owned by user",
    "MAIL, 554 5.7.1 sender denied",
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

  /** No read takes long, but the exchange would never end. */
  @ParameterizedTest
  @Timeout(60)
  @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "MESSAGE"})
  void waitsForAServerThatTrickles(String verb) throws Exception {
    try (ScriptedSmtpServer server =
            new ScriptedSmtpServer(Map.of(verb, ScriptedSmtpServer.TRICKLE));
        EmailChannel channel = channel(server.port(), Settings.of(Duration.ofMillis(200)))) {
      assertThatThrownBy(() -> channel.send(Messages.to("user-456@company.com")))
          .isInstanceOf(DependencyUnavailable.class);
      await().untilAsserted(() -> assertThat(server.open()).isZero());
    }
  }

  @Test
  void tellsTheHealthOfAServerWhoseReplyNeverEnds() throws Exception {
    try (ScriptedSmtpServer server =
        new ScriptedSmtpServer(Map.of("GREETING", ScriptedSmtpServer.TRICKLE))) {
      JavaMailSenderImpl account = new JavaMailSenderImpl();
      account.setHost("127.0.0.1");
      account.setPort(server.port());
      try (SmtpServer smtp = new SmtpServer(account, Settings.of(Duration.ofMillis(200)))) {
        Health health = new MailServerHealth(account, smtp).health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsKeys("location", "error");
      }
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
  void countsAMailAsSentWhateverTheGoodbye(String answer) throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of("QUIT", answer))) {
      assertThatCode(() -> send(server.port())).doesNotThrowAnyException();
      assertThat(server.taken()).isOne();
    }
  }

  @Test
  void givesTheAccountTheTimeLimitsThatItLacks() {
    JavaMailSenderImpl account = new JavaMailSenderImpl();
    account.getJavaMailProperties().setProperty("mail.smtp.timeout", "1");
    new SmtpServer(
            account,
            new EmailProperties(
                null,
                "tasks@company.com",
                null,
                1,
                Duration.ofSeconds(10),
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30)))
        .close();

    assertThat(account.getSession().getProperties())
        .containsEntry("mail.smtp.connectiontimeout", "5000")
        .containsEntry("mail.smtp.timeout", "1")
        .containsEntry("mail.smtp.writetimeout", "30000");
  }

  @Test
  void sendsMailsOverOneConnection() throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of());
        EmailChannel channel = channel(server.port(), Settings.of(PATIENCE))) {
      for (int n = 0; n < 5; n++) {
        channel.send(Messages.to("user-456@company.com"));
      }

      assertThat(server.taken()).isEqualTo(5);
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void opensAnotherConnectionAfterSoManyMails() throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of());
        EmailChannel channel =
            channel(server.port(), Settings.of(PATIENCE, 8, Duration.ofSeconds(10), 2))) {
      for (int n = 0; n < 5; n++) {
        channel.send(Messages.to("user-456@company.com"));
      }

      assertThat(server.taken()).isEqualTo(5);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void opensAnotherConnectionIfTheServerClosedTheReusedOne() throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of());
        EmailChannel channel = channel(server.port(), Settings.of(PATIENCE))) {
      channel.send(Messages.to("user-456@company.com"));
      server.hangUp();

      channel.send(Messages.to("user-456@company.com"));

      assertThat(server.taken()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void opensAnotherConnectionAfterARefusal() throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of("RCPT", "550 5.1.1 nobody"));
        EmailChannel channel = channel(server.port(), Settings.of(PATIENCE))) {
      for (int n = 0; n < 2; n++) {
        assertThatThrownBy(() -> channel.send(Messages.to("user-456@company.com")))
            .isInstanceOf(Undeliverable.class);
      }

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void closesAConnectionThatNobodyUses() throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of());
        EmailChannel channel =
            channel(server.port(), Settings.of(PATIENCE, 8, Duration.ofMillis(50), 100))) {
      channel.send(Messages.to("user-456@company.com"));

      await().untilAsserted(() -> assertThat(server.open()).isZero());
    }
  }

  @Test
  void opensNoMoreConnectionsThanItMay() throws Exception {
    try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of());
        EmailChannel channel =
            channel(
                server.port(),
                Settings.of(Duration.ofSeconds(5), 2, Duration.ofSeconds(10), 100))) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int n = 0; n < 20; n++) {
          threads.execute(() -> channel.send(Messages.to("user-456@company.com")));
        }
      }

      assertThat(server.taken()).isEqualTo(20);
      assertThat(server.connections()).isLessThanOrEqualTo(2);
    }
  }

  private static void send(int port) throws Exception {
    try (EmailChannel channel = channel(port, Settings.of(PATIENCE))) {
      channel.send(Messages.to("user-456@company.com"));
    }
  }

  private static EmailChannel channel(int port, EmailProperties settings) throws Exception {
    JavaMailSenderImpl account = new JavaMailSenderImpl();
    account.setHost("127.0.0.1");
    account.setPort(port);
    return new EmailChannel(
        new SmtpServer(account, settings),
        new InternetAddress("tasks@company.com"),
        List.of(),
        Clock.systemUTC());
  }
}
