package io.eventagents.notification.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.eventagents.http.FieldError;
import io.eventagents.http.InvalidRequest;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientDocumentTests {

  private static final Recipient KIM =
      new Recipient(
          "user-456",
          "kim@company.com",
          "+4930123456",
          "U012ABCDEF",
          List.of("token-1"),
          List.of(new WebPushSubscription("https://push.example.com/1", "BPk", "c2E")),
          Locale.forLanguageTag("de-AT"),
          ZoneId.of("Europe/Vienna"),
          new Preferences(
              Set.of("email", "sms"),
              new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0)),
              Map.of(
                  "email",
                  new DigestTimes.Daily(LocalTime.of(8, 0)),
                  "slack",
                  new DigestTimes.Every(Duration.ofHours(4)))));

  @Test
  void readsAllThatThereIs() {
    assertThat(
            strict(
                """
                {"email": "kim@company.com", "phone": "+4930123456", "slack_user": "U012ABCDEF",
                 "push_tokens": ["token-1"],
                 "web_push": [{"endpoint": "https://push.example.com/1", "p256dh": "BPk", "auth": "c2E"}],
                 "language": "de-AT", "time_zone": "Europe/Vienna", "channels": ["email", "sms"],
                 "quiet_hours": {"from": "22:00", "to": "07:00"},
                 "digests": {"email": {"at": "08:00"}, "slack": {"every": "PT4H"}}}
                """))
        .isEqualTo(KIM);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(strict(RecipientDocument.write(KIM))).isEqualTo(KIM);
  }

  @Test
  void needsNothing() {
    Recipient nobody = strict("{}");

    assertThat(nobody).isEqualTo(Recipient.unknown("user-456"));
    assertThat(nobody.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(strict(RecipientDocument.write(nobody))).isEqualTo(nobody);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'email': 'kim@company.com\\nBcc: x@y.com'}                    | email",
        "{'email': 'a@b.com,c@d.com'}                                   | email",
        "{'email': 7}                                                   | email",
        "{'phone': '030 123456'}                                        | phone",
        "{'slack_user': '#general'}                                     | slack_user",
        "{'id': 'somebody-else'}                                        | id",
        "{'language': 'x_y'}                                            | language",
        "{'time_zone': 'Mars/Olympus'}                                  | time_zone",
        "{'channels': 'email'}                                          | channels",
        "{'channels': ['E-Mail!']}                                      | channels",
        "{'push_tokens': ['']}                                          | push_tokens",
        "{'web_push': [{'endpoint': 'http://10.0.0.1/', 'p256dh': 'a', 'auth': 'b'}]} | web_push",
        "{'web_push': [{'endpoint': 'https://p.example/\\ud800', 'p256dh': 'a', 'auth': 'b'}]} | web_push",
        "{'quiet_hours': {'from': '22:00', 'to': '25:00'}}              | quiet_hours.to",
        "{'quiet_hours': {'from': '22:00', 'to': '22:00'}}              | quiet_hours",
        "{'quiet_hours': {'from': '22:00', 'until': '07:00'}}           | quiet_hours.until",
        "{'digests': {'email': {}}}                                     | digests.email",
        "{'digests': {'email': {'at': '08:00', 'every': 'PT1H'}}}       | digests.email",
        "{'digests': {'email': {'every': 'PT1S'}}}                      | digests.email.every",
        "{'digests': {'email': {'every': 'PT99999999999999H'}}}         | digests.email.every",
        "{'quite_hours': {}}                                            | quite_hours"
      })
  void namesTheFieldThatIsWrong(String json, String field) {
    assertThatThrownBy(() -> strict(json.replace('\'', '"')))
        .asInstanceOf(type(InvalidRequest.class))
        .extracting(InvalidRequest::errors, InstanceOfAssertFactories.list(FieldError.class))
        .extracting(FieldError::field)
        .contains(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "{\"email\": \"a@b.com\", \"email\": \"c@d.com\"}"
      })
  void takesNoOtherText(String json) {
    assertThatThrownBy(() -> strict(json)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void acceptsFurtherFieldsOfAForeignDirectory() {
    assertThat(
            RecipientDocument.tolerant(
                    "user-456", "{\"department\": \"x\", \"email\": \"a@b.com\"}".getBytes(UTF_8))
                .email())
        .isEqualTo("a@b.com");
  }

  private static Recipient strict(String json) {
    return RecipientDocument.strict("user-456", json.getBytes(UTF_8));
  }
}
