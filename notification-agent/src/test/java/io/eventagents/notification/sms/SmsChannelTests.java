package io.eventagents.notification.sms;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsChannelTests {

  private static final String NUMBER = "+4930123456";

  private final TwilioApi twilio = new TwilioApi();
  private final SmsChannel channel = channel(TwilioApi.TOKEN, TwilioApi.FROM, null);

  @AfterEach
  void stop() throws Exception {
    channel.close();
    twilio.close();
  }

  @Test
  void sendsAMessageAndTellsTwiliosId() {
    assertThat(channel.send(Messages.to(NUMBER, "Größe & Gewicht")))
        .isEqualTo(new SentMessage(NUMBER, "SM00000000000000000000000000000001"));

    assertThat(TwilioApi.form(twilio.only()))
        .containsOnly(
            Map.entry("To", NUMBER),
            Map.entry("From", TwilioApi.FROM),
            Map.entry("Body", "Größe & Gewicht"));
  }

  @Test
  void sendsByAMessagingServiceAndAsksForReceipts() throws Exception {
    try (SmsChannel service =
        channel(TwilioApi.TOKEN, TwilioApi.SERVICE, "https://tasks.example/receipts")) {
      service.send(Messages.to(NUMBER));
    }

    assertThat(TwilioApi.form(twilio.only()))
        .containsEntry("MessagingServiceSid", TwilioApi.SERVICE)
        .containsEntry("StatusCallback", "https://tasks.example/receipts")
        .doesNotContainKey("From");
  }

  @Test
  void reachesARecipientWithANumber() {
    assertThat(channel.addressOf(Recipient.unknown("x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "030123456", "+0123", "+49 30 123", "+4930\r\n123", "+49301234567890123"})
  void sendsNothingToWhatIsNoNumber(String number) {
    assertThatThrownBy(() -> channel.send(Messages.to(number)))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("is no number in the form +4930123456");
    assertThat(twilio.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "+15005550001, 21211",
    "+15005550003, 21408",
    "+15005550004, 21610",
    "+15005550009, 21614"
  })
  void doesNotWaitForANumberThatTwilioRefuses(String number, int code) {
    assertThatThrownBy(() -> channel.send(Messages.to(number)))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("refused the message: " + code);
  }

  @ParameterizedTest
  @CsvSource({
    "+15005550001, true",
    "+15005550003, false",
    "+15005550004, true",
    "+15005550009, true"
  })
  void namesANumberThatNoTextReaches(String number, boolean gone) {
    assertThat(
            catchThrowableOfType(Undeliverable.class, () -> channel.send(Messages.to(number)))
                .gone()
                .containsKey(number))
        .isEqualTo(gone);
  }

  @Test
  void doesNotWaitForAMessageThatIsTooLong() {
    assertThatThrownBy(() -> channel.send(Messages.to(NUMBER, "x".repeat(1_601))))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("21617");
  }

  @Test
  void waitsForAnotherToken() throws Exception {
    try (SmsChannel other = channel("revoked", TwilioApi.FROM, null)) {
      DependencyUnavailable failure = unavailable(other);

      assertThat(failure.dependency()).isEqualTo("Twilio at 127.0.0.1:" + twilio.port());
      assertThat(failure).hasStackTraceContaining("20003");
      assertThat(failure.toString() + failure.getCause()).doesNotContain("revoked");
    }
  }

  @Test
  void waitsForAnotherSender() throws Exception {
    try (SmsChannel other = channel(TwilioApi.TOKEN, "+15005550007", null)) {
      assertThat(unavailable(other)).hasStackTraceContaining("21606");
    }
  }

  @ParameterizedTest
  @CsvSource({"429, 3, PT3S", "503, 60, PT1M"})
  void waitsAsLongAsTwilioSays(int status, String seconds, Duration expected) {
    twilio.next(status, "Retry-After", seconds);

    assertThat(unavailable(channel).retryAfter()).contains(expected);
  }

  @Test
  void waitsIfAProxyAnswers() {
    twilio.next(400, "<html>blocked</html>");

    assertThat(unavailable(channel)).hasStackTraceContaining("blocked");
  }

  private static DependencyUnavailable unavailable(SmsChannel channel) {
    return catchThrowableOfType(
        DependencyUnavailable.class, () -> channel.send(Messages.to(NUMBER)));
  }

  private SmsChannel channel(String token, String from, @Nullable String callback) {
    Clock clock = Clock.systemUTC();
    return new SmsChannel(
        new TwilioAccount(URI.create(twilio.url("")), TwilioApi.SID, token, from, callback),
        ProviderClient.of(Patience.ofSeconds(2, 5), clock));
  }
}
