package io.eventagents.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTests {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
  private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Clock CLOCK = Clock.fixed(Messages.NOW, ZoneOffset.UTC);

  private final Receiver receiver = new Receiver(SECRET, CLOCK);
  private final WebhookChannel channel = channel(CLOCK, SECRET);

  @AfterEach
  void stop() throws Exception {
    channel.close();
    receiver.close();
  }

  @Test
  void postsASignedRequest() {
    String host = channel.addressOf(Messages.recipient(List.of(), List.of())).orElseThrow();
    assertThat(host).isEqualTo("127.0.0.1:" + receiver.port());
    assertThat(channel.send(Messages.to(host))).isEqualTo(new SentMessage(host, Messages.KEY));

    assertThat(receiver.only().header("webhook-id")).isEqualTo(Messages.KEY);
    assertThat(receiver.only().header("webhook-timestamp")).isEqualTo("1736951422");
    assertThat(receiver.only().json().path("type").asString()).isEqualTo("task.created");
    assertThat(receiver.only().json().path("timestamp").asString())
        .isEqualTo("2025-01-15T14:30:22.456Z");
    assertThat(receiver.only().json().at("/data/event/task_id").asString()).isEqualTo("task-123");
    assertThat(receiver.only().json().at("/data/correlation_id").asString())
        .isEqualTo("req-abc-123");
    assertThat(receiver.only().json().at("/data/recipient").asString()).isEqualTo("user-456");
  }

  /** The example of the specification's reference libraries. */
  @Test
  void signsAsOthersDo() {
    assertThat(
            new Signature(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsWithEverySecretSoThatOneCanBeReplaced() throws Exception {
    try (WebhookChannel both = channel(CLOCK, OTHER, SECRET)) {
      both.send(Messages.to("x"));
    }

    assertThat(receiver.only().header("webhook-signature").split(" ")).hasSize(2);
  }

  @Test
  void waitsForTheRightSecret() throws Exception {
    try (WebhookChannel wrong = channel(CLOCK, OTHER)) {
      assertThat(unavailable(wrong)).hasStackTraceContaining("no matching signature");
    }
  }

  @Test
  void waitsForAClockThatIsRight() throws Exception {
    try (WebhookChannel late = channel(Clock.offset(CLOCK, Duration.ofMinutes(-6)), SECRET)) {
      assertThat(unavailable(late)).hasStackTraceContaining("timestamp out of tolerance");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void waitsForAReceiverThatDoesNotKnowUs(int status) {
    receiver.next(status, "gone");

    assertThat(unavailable(channel)).hasStackTraceContaining("HTTP " + status);
  }

  @ParameterizedTest
  @CsvSource({"429, 5, PT5S", "503, 1, PT1S", "500, 0, PT0S"})
  void waitsAsLongAsTheReceiverSays(int status, String seconds, Duration expected) {
    receiver.next(status, "Retry-After", seconds);

    assertThat(unavailable(channel).retryAfter()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowARedirect(int status) {
    receiver.next(status, "Location", receiver.url("/elsewhere"));

    assertThatThrownBy(() -> channel.send(Messages.to("x")))
        .isInstanceOf(Undeliverable.class)
        .hasMessageEndingWith("redirects, which is not followed: HTTP " + status);
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void doesNotWaitForARequestThatIsTooLarge() {
    assertThatThrownBy(() -> channel.send(Messages.to("x", "x".repeat(30_000))))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("HTTP 413");
  }

  @Test
  void connectsToNoPrivateAddress() throws Exception {
    try (WebhookChannel guarded =
        new WebhookChannel(
            URI.create(receiver.url("/hook")),
            new Signature(List.of(SECRET)),
            ProviderClient.toPublicAddresses(Patience.ofSeconds(2, 5), CLOCK),
            CLOCK)) {
      assertThatThrownBy(() -> guarded.send(Messages.to("x")))
          .isInstanceOf(Undeliverable.class)
          .hasMessageContaining("leads to a private address");
    }
    assertThat(receiver.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "whsec_", "whsec_c2hvcnQ=", "whsec_no base64 at all, but long enough"})
  void takesNoInvalidSecret(String secret) {
    assertThatThrownBy(() -> new Signature(List.of(secret)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("notification.webhook.secrets")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("whsec_");
  }

  private static DependencyUnavailable unavailable(WebhookChannel channel) {
    return catchThrowableOfType(DependencyUnavailable.class, () -> channel.send(Messages.to("x")));
  }

  private WebhookChannel channel(Clock clock, String... secrets) {
    return new WebhookChannel(
        URI.create(receiver.url("/hook")),
        new Signature(List.of(secrets)),
        ProviderClient.of(Patience.ofSeconds(2, 5), clock),
        clock);
  }
}
