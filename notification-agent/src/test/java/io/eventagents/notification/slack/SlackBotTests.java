package io.eventagents.notification.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackBotTests {

  private static final Recipient MEMBER = Messages.recipient(List.of(), List.of());

  private final SlackWorkspace slack = new SlackWorkspace();

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void postsToTheChannelAndTellsSlacksId() throws Exception {
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, false)) {
      assertThat(bot.send(Messages.to("#tasks")))
          .isEqualTo(new SentMessage("#tasks", "C123/1503435956.000247"));
    }

    assertThat(slack.only().json().path("text").asString()).isEqualTo("New task: Review");
    assertThat(slack.only().text()).contains(Messages.KEY);
  }

  /**
   * Slack repeats the post in two forms. If its response were not understood, the post would be
   * made again.
   */
  @Test
  void understandsTheAnswerToALongPost() throws Exception {
    String text = "x".repeat(30_000);
    slack.next(
        200,
        "{\"message\": {\"text\": \"%s\"}, \"ok\": true, \"channel\": \"C123\", \"ts\": \"1.2\"}"
            .formatted(text));

    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, false)) {
      assertThat(bot.send(Messages.to("#tasks", text)).providerMessageId()).isEqualTo("C123/1.2");
    }
  }

  @Test
  void writesToTheOwnerIfItMay() throws Exception {
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, true);
        SlackBot shy = bot("#tasks", SlackWorkspace.TOKEN, false)) {
      assertThat(bot.addressOf(MEMBER)).contains("U012ABCDEF");
      assertThat(bot.addressOf(Recipient.unknown("x"))).contains("#tasks");
      assertThat(shy.addressOf(MEMBER)).contains("#tasks");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xoxb-revoked", "x"})
  void waitsForAnotherToken(String token) throws Exception {
    try (SlackBot bot = bot("#tasks", token, false)) {
      assertThatThrownBy(() -> bot.send(Messages.to("#tasks")))
          .isInstanceOf(DependencyUnavailable.class)
          .hasStackTraceContaining("invalid_auth")
          .extracting(failure -> failure.toString() + failure.getCause())
          .asString()
          .doesNotContain(token.length() > 1 ? token : "Bearer");
    }
  }

  @Test
  void waitsForTheChannelThatAllPostsGoTo() throws Exception {
    try (SlackBot bot = bot("#gone", SlackWorkspace.TOKEN, false)) {
      assertThatThrownBy(() -> bot.send(Messages.to("#gone")))
          .isInstanceOf(DependencyUnavailable.class)
          .hasStackTraceContaining("channel_not_found");
    }
  }

  @Test
  void doesNotWaitForAMemberWhoIsGone() throws Exception {
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, true)) {
      assertThatThrownBy(() -> bot.send(Messages.to("U999")))
          .isInstanceOf(Undeliverable.class)
          .hasMessageEndingWith("refused the post: channel_not_found");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, true",
    "user_not_found, true",
    "user_disabled, true",
    "is_archived, true",
    "is_inactive, true",
    "cannot_dm_bot, true",
    "messages_tab_disabled, false",
    "not_in_channel, false",
    "msg_too_long, false"
  })
  void namesAMemberWhoIsGone(String error, boolean gone) throws Exception {
    slack.next(200, "{\"ok\": false, \"error\": \"%s\"}".formatted(error));
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, true)) {
      assertThat(
              catchThrowableOfType(Undeliverable.class, () -> bot.send(Messages.to("U999")))
                  .gone()
                  .containsKey("U999"))
          .isEqualTo(gone);
    }
  }

  /** The token is that of a deleted workspace or bot. That concerns every post. */
  @Test
  void waitsForAnActiveAccount() throws Exception {
    slack.next(200, "{\"ok\": false, \"error\": \"account_inactive\"}");
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, true)) {
      assertThatThrownBy(() -> bot.send(Messages.to("U999")))
          .isInstanceOf(DependencyUnavailable.class);
    }
  }

  @Test
  void doesNotWaitForAPostThatIsTooLong() throws Exception {
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, false)) {
      assertThatThrownBy(() -> bot.send(Messages.to("#tasks", "x".repeat(40_001))))
          .isInstanceOf(Undeliverable.class)
          .hasMessageEndingWith("msg_too_long");
    }
  }

  @Test
  void waitsAsLongAsSlackSays() throws Exception {
    slack.next(429, "Retry-After", "7");
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, false)) {
      assertThat(
              catchThrowableOfType(
                      DependencyUnavailable.class, () -> bot.send(Messages.to("#tasks")))
                  .retryAfter())
          .contains(Duration.ofSeconds(7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>proxy</html>",
        "{\"ok\": false, \"error\": \"internal_error\"}",
        "{\"ok\": false, \"error\": \"missing_scope\"}",
        "{}"
      })
  void waitsWhateverElseIsAnswered(String body) throws Exception {
    slack.next(200, body);
    try (SlackBot bot = bot("#tasks", SlackWorkspace.TOKEN, false)) {
      assertThatThrownBy(() -> bot.send(Messages.to("#tasks")))
          .isInstanceOf(DependencyUnavailable.class);
    }
  }

  private SlackBot bot(String channel, String token, boolean directMessages) {
    Clock clock = Clock.systemUTC();
    return new SlackBot(
        URI.create(slack.url("/api")),
        token,
        channel,
        directMessages,
        ProviderClient.of(Patience.ofSeconds(2, 5), clock));
  }
}
