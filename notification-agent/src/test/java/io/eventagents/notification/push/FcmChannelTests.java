package io.eventagents.notification.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.StandIn;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

class FcmChannelTests {

  private static final Patience PATIENCE = Patience.ofSeconds(1, 1);

  private final FcmApi fcm = new FcmApi();
  private final FcmChannel channel = channel(fcm.account());

  @AfterEach
  void stop() throws Exception {
    channel.close();
    fcm.close();
  }

  @Test
  void pushesToAnAppAndTellsFcmsId() {
    assertThat(channel.send(to("New task: Review", FcmApi.APP)))
        .isEqualTo(new SentMessage("user-456", "projects/tasks-1/messages/0:1"));

    StandIn.Request push = fcm.requests().getLast();
    assertThat(push.json().at("/message/notification/body").asString())
        .isEqualTo("New task: Review");
    assertThat(push.json().at("/message/android/notification/tag").asString())
        .isEqualTo(Messages.KEY);
    assertThat(push.json().at("/message/apns/headers/apns-collapse-id").asString())
        .isEqualTo(Messages.KEY);
  }

  @Test
  void pushesToEveryAppOverOneToken() {
    assertThat(channel.send(to("x", FcmApi.APP, FcmApi.OTHER_APP)).providerMessageId())
        .isEqualTo("projects/tasks-1/messages/0:1 projects/tasks-1/messages/0:2");
    assertThat(fcm.tokenRequests()).isOne();
  }

  @Test
  void needsOnlyOneAppThatExists() {
    assertThat(channel.send(to("x", FcmApi.GONE, FcmApi.APP)).providerMessageId())
        .endsWith("messages/0:2");
  }

  @ParameterizedTest
  @CsvSource({
    "app-gone, true",
    "app-that-is-no-token, true",
    "app-of-another-project, false",
    "nonsense, false"
  })
  void namesAnAppThatIsNoLongerRegistered(String app, boolean gone) {
    assertThat(channel.send(to("x", app, FcmApi.APP)).gone().containsKey(app)).isEqualTo(gone);
  }

  @ParameterizedTest
  @CsvSource({
    "app-gone, no longer registered (UNREGISTERED)",
    "app-of-another-project, registered with another project (SENDER_ID_MISMATCH)",
    "app-that-is-no-token, FCM refused the app's token: Request contains an invalid argument.",
    "nonsense, FCM refused the message or the app's token"
  })
  void doesNotWaitForAnAppThatIsOutOfReach(String app, String reason) {
    assertThatThrownBy(() -> channel.send(to("x", app)))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining(reason);
  }

  @Test
  void doesNotBlameTheAppForAnotherArgument() {
    channel.send(to("x", FcmApi.APP));
    fcm.next(
        400,
        """
        {"error": {"code": 400, "message": "Invalid value", "status": "INVALID_ARGUMENT",
         "details": [{"fieldViolations": [{"field": "message.notification.body"}]}]}}
        """);

    assertThat(channel.send(to("x", FcmApi.APP, FcmApi.OTHER_APP)).gone()).isEmpty();
  }

  @Test
  void doesNotWaitForAPushThatIsTooLarge() {
    assertThatThrownBy(() -> channel.send(to("x".repeat(5_000), FcmApi.APP)))
        .isInstanceOf(Undeliverable.class);
  }

  @Test
  void getsAnotherTokenIfFcmDoesNotAcceptTheLast() {
    channel.send(to("x", FcmApi.APP));
    fcm.forgetTokens();

    channel.send(to("x", FcmApi.APP));

    assertThat(fcm.tokenRequests()).isEqualTo(2);
  }

  @Test
  void waitsForAnAccountThatIsAccepted() throws Exception {
    try (FcmChannel other = channel(fcm.accountWithDeletedKey())) {
      DependencyUnavailable failure = unavailable(other);

      assertThat(failure.dependency()).isEqualTo("Google's access tokens");
      assertThat(failure).hasStackTraceContaining("Invalid JWT Signature");
    }
  }

  @Test
  void waitsForTheRightToSend() {
    fcm.deny();

    assertThat(unavailable(channel)).hasStackTraceContaining("PERMISSION_DENIED");
  }

  @ParameterizedTest
  @CsvSource({"429, 30, PT30S", "503, 2, PT2S"})
  void waitsAsLongAsFcmSays(int status, String seconds, Duration expected) {
    channel.send(to("x", FcmApi.APP));
    fcm.next(status, "Retry-After", seconds);

    assertThat(unavailable(channel).retryAfter()).contains(expected);
  }

  @Test
  void reachesARecipientWithAnApp() {
    assertThat(channel.addressOf(Recipient.unknown("x"))).isEmpty();
    assertThat(channel.addressOf(Messages.recipient(List.of("app-1"), List.of())))
        .contains("user-456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "no json", "{\"type\": \"service_account\", \"private_key\": \"x\"}"})
  void failsTheStartOnAFileThatIsNotAnAccount(String file) {
    assertThatThrownBy(
            () ->
                AccessTokens.of(
                    new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)),
                    new TokenTransport(PATIENCE)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("notification.push.service-account cannot be read");
  }

  @Test
  @Timeout(60)
  void waitsForATokenOrAnAnswerThatDoesNotEnd() {
    fcm.nextHeadOnly();
    assertThat(unavailable(channel).dependency()).isEqualTo("Google's access tokens");

    channel.send(to("x", FcmApi.APP));
    fcm.nextHeadOnly();
    assertThat(unavailable(channel).dependency()).isNotEqualTo("Google's access tokens");
  }

  private static DependencyUnavailable unavailable(FcmChannel channel) {
    return catchThrowableOfType(
        DependencyUnavailable.class, () -> channel.send(to("x", FcmApi.APP)));
  }

  private static OutgoingMessage to(String text, String... apps) {
    return Messages.to(Messages.recipient(List.of(apps), List.of()), "user-456", text);
  }

  private FcmChannel channel(Resource account) {
    Clock clock = Clock.systemUTC();
    AccessTokens tokens = AccessTokens.of(account, new TokenTransport(PATIENCE));
    return new FcmChannel(
        URI.create(fcm.url("")),
        tokens.project(null),
        tokens,
        ProviderClient.of(Patience.ofSeconds(2, 5), clock));
  }
}
