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
import io.eventagents.notification.directory.WebPushSubscription;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.StandIn;
import java.math.BigInteger;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushChannelTests {

  private static final Clock CLOCK = Clock.fixed(Messages.NOW, ZoneOffset.UTC);
  private static final KeyPair VAPID = Browser.keys();

  private final Browser browser = Browser.subscribed();
  private final PushService service = new PushService(browser, publicKey(VAPID), CLOCK);
  private final WebPushChannel channel = channel(VAPID, CLOCK, List.of("127.0.0.1"), true);

  @AfterEach
  void stop() throws Exception {
    channel.close();
    service.close();
  }

  /** The example of RFC 8291, section 5. The stand-in decrypts what others encrypted. */
  @Test
  void browserDecryptsTheExampleOfTheSpecification() throws Exception {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPrivateKey key =
        (ECPrivateKey)
            KeyFactory.getInstance("EC")
                .generatePrivate(
                    new ECPrivateKeySpec(
                        new BigInteger(1, bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")),
                        curve.getParameterSpec(ECParameterSpec.class)));

    assertThat(
            new Browser(
                    key,
                    bytes(
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
                    bytes("BTBZMqHH6r4Tts7J_aSIgg"))
                .decrypt(
                    bytes(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                            + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                            + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")))
        .isEqualTo("When I grow up, I want to be a watermelon");
  }

  @Test
  void pushesToABrowserThatAloneCanReadIt() {
    assertThat(channel.send(to("Größe prüfen", subscription())))
        .isEqualTo(new SentMessage("user-456", "m-1"));

    assertThat(service.received())
        .singleElement()
        .asString()
        .contains("\"body\":\"Größe prüfen\"", "\"tag\":\"" + Messages.KEY + "\"");
    StandIn.Request push = service.only();
    assertThat(push.text()).doesNotContain("prüfen");
    assertThat(push.header("TTL")).isEqualTo("86400");
    assertThat(push.header("Topic")).isEqualTo(Messages.KEY.replace("-", ""));
  }

  @Test
  void needsOnlyOneBrowserThatExists() {
    assertThat(
            channel
                .send(to("x", browser.at(service.url(PushService.GONE)), subscription()))
                .providerMessageId())
        .isEqualTo("m-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {PushService.GONE, "/push/x"})
  void namesTheBrowserThatUnsubscribed(String path) {
    Map<String, String> gone = Map.of(service.url(path), "the browser is no longer subscribed");

    assertThat(channel.send(to("x", browser.at(service.url(path)), subscription())).gone())
        .isEqualTo(gone);
    assertThat(
            catchThrowableOfType(
                    Undeliverable.class, () -> channel.send(to("x", browser.at(service.url(path)))))
                .gone())
        .isEqualTo(gone);
  }

  @Test
  void doesNotPushAgainToABrowserThatHasItWhileAnotherIsWaitedFor() {
    OutgoingMessage message = to("x", subscription(), browser.at(service.url("/push/away")));
    service.away = true;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> channel.send(message)).isInstanceOf(DependencyUnavailable.class);
    }
    service.away = false;

    assertThat(channel.send(message).providerMessageId()).isEqualTo("m-1");
    assertThat(service.received()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"/push/subscription-gone, no longer subscribed", "/push/x, no longer subscribed"})
  void doesNotWaitForABrowserThatUnsubscribed(String path, String reason) {
    assertThatThrownBy(() -> channel.send(to("x", browser.at(service.url(path)))))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining(reason);
  }

  @Test
  void doesNotWaitForABrowserOfAnotherKey() throws Exception {
    try (WebPushChannel other = channel(Browser.keys(), CLOCK, List.of("127.0.0.1"), true)) {
      assertThatThrownBy(() -> other.send(to("x", subscription())))
          .isInstanceOf(Undeliverable.class)
          .hasMessageContaining("HTTP 403 VAPID public key mismatch");
    }
  }

  @Test
  void waitsForAClockThatIsRight() throws Exception {
    try (WebPushChannel late =
        channel(VAPID, Clock.offset(CLOCK, Duration.ofDays(-1)), List.of("127.0.0.1"), true)) {
      assertThat(
              catchThrowableOfType(
                  DependencyUnavailable.class, () -> late.send(to("x", subscription()))))
          .hasStackTraceContaining("invalid or expired JWT");
    }
  }

  @Test
  void doesNotSendWhatIsTooLarge() {
    assertThatThrownBy(() -> channel.send(to("x".repeat(4_000), subscription())))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("push services take 3993");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void sendsAsMuchAsFits() {
    channel.send(to("x".repeat(3_867), subscription()));

    assertThat(service.received()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, 30, PT30S", "503, 2, PT2S"})
  void waitsAsLongAsTheServiceSays(int status, String seconds, Duration expected) {
    service.next(status, "Retry-After", seconds);

    assertThat(
            catchThrowableOfType(
                    DependencyUnavailable.class, () -> channel.send(to("x", subscription())))
                .retryAfter())
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/push, host evil.example is none of",
    "https://127.0.0.1.evil.example/push, is none of",
    "no url, no URL",
    "file:///etc/passwd, is none of"
  })
  void callsPushServicesOnly(String endpoint, String reason) {
    assertThatThrownBy(() -> channel.send(to("x", browser.at(endpoint))))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining(reason);
  }

  @Test
  void connectsToNoPrivateAddress() throws Exception {
    try (WebPushChannel guarded = channel(VAPID, CLOCK, List.of("127.0.0.1"), false)) {
      assertThatThrownBy(() -> guarded.send(to("x", subscription())))
          .isInstanceOf(Undeliverable.class)
          .hasMessageContaining("has a private address");
    }
    assertThat(service.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', BTBZMqHH6r4Tts7J_aSIgg",
    "AAAA, BTBZMqHH6r4Tts7J_aSIgg",
    "no base64!, BTBZMqHH6r4Tts7J_aSIgg"
  })
  void doesNotWaitForInvalidKeys(String p256dh, String auth) {
    assertThatThrownBy(
            () ->
                channel.send(
                    to(
                        "x",
                        new WebPushSubscription(
                            service.url(PushService.SUBSCRIPTION), p256dh, auth))))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("keys cannot be used");
  }

  @Test
  void knowsTheServicesOfBrowsers() {
    PushServices services = new PushServices(List.of("fcm.googleapis.com", "*.push.apple.com"));

    assertThat(services.include(URI.create("https://fcm.googleapis.com/x"))).isTrue();
    assertThat(services.include(URI.create("https://WEB.push.apple.com/x"))).isTrue();
    assertThat(services.include(URI.create("https://push.apple.com/x"))).isFalse();
    assertThat(services.include(URI.create("https://evilpush.apple.com.x/"))).isFalse();
  }

  @Test
  void failsTheStartOnKeysThatAreNotAPair() {
    assertThatThrownBy(() -> VapidKeys.of(publicKey(VAPID), privateKey(Browser.keys())))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("are not a pair");
    assertThatThrownBy(() -> VapidKeys.of("x", privateKey(VAPID)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("vapid-public-key is not a P-256 key");
    assertThatThrownBy(() -> VapidKeys.of(publicKey(VAPID), "secret"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("vapid-private-key is not a P-256 key")
        .hasMessageNotContaining("secret");
  }

  @Test
  void reachesARecipientWithABrowser() {
    assertThat(channel.addressOf(Recipient.unknown("x"))).isEmpty();
  }

  private WebPushSubscription subscription() {
    return browser.at(service.url(PushService.SUBSCRIPTION));
  }

  private static OutgoingMessage to(String text, WebPushSubscription... browsers) {
    return Messages.to(Messages.recipient(List.of(), List.of(browsers)), "user-456", text);
  }

  private static WebPushChannel channel(
      KeyPair vapid, Clock clock, List<String> services, boolean allowPrivateTargets) {
    Patience patience = Patience.ofSeconds(5, 5);
    return new WebPushChannel(
        VapidKeys.of(publicKey(vapid), privateKey(vapid)),
        "mailto:ops@company.com",
        new PushServices(services),
        Duration.ofDays(1),
        allowPrivateTargets
            ? ProviderClient.of(patience, clock)
            : ProviderClient.toPublicAddresses(patience, clock),
        clock);
  }

  private static String publicKey(KeyPair pair) {
    return Browser.base64(Browser.uncompressed((ECPublicKey) pair.getPublic()));
  }

  private static String privateKey(KeyPair pair) {
    return Browser.base64(Browser.fixed(((ECPrivateKey) pair.getPrivate()).getS()));
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }
}
