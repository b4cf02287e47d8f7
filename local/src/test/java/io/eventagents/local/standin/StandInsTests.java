package io.eventagents.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StandInsTests {

  private final StandIns standIns = new StandIns("http://127.0.0.1:8080");

  @Test
  void everyChannelPointsToThisProcess() {
    assertThat(standIns.settings(name -> false))
        .containsEntry("notification.slack.webhook-url", "http://127.0.0.1:8080/slack/webhook")
        .containsEntry("notification.teams.webhook-url", "http://127.0.0.1:8080/teams/workflow")
        .containsEntry("notification.sms.api-url", "http://127.0.0.1:8080/twilio")
        .containsEntry("notification.push.api-url", "http://127.0.0.1:8080/fcm")
        .containsEntry("notification.webhook.url", "http://127.0.0.1:8080/webhook")
        .containsEntry("notification.receipts.twilio.url", "http://127.0.0.1:8080/receipts/twilio");
  }

  @Test
  void channelThatTheUserSetUpIsLeftAlone() {
    Set<String> set =
        Set.of(
            "notification.slack.bot-token",
            "notification.teams.webhook-url",
            "notification.sms.account-sid",
            "notification.push.service-account",
            "notification.webhook.secrets[0]");

    assertThat(standIns.settings(set::contains)).isEmpty();
  }

  @Test
  void everyStartHasNewAccounts() {
    StandIns others = new StandIns("http://127.0.0.1:8080");

    assertThat(others.webhookSecret()).isNotEqualTo(standIns.webhookSecret());
    assertThat(others.twilio()).isNotEqualTo(standIns.twilio());
    assertThat(others.push().key().getPublic()).isNotEqualTo(standIns.push().key().getPublic());
  }
}
