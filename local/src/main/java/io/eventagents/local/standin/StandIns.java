package io.eventagents.local.standin;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The providers that this process stands in for, and the accounts that the agents have with them.
 * Each start has new accounts.
 */
public final class StandIns {

  private final String http;
  private final TwilioStandInAccount twilio = TwilioStandInAccount.random();
  private final PushAccount push = PushAccount.generate();
  private final String webhookSecret = webhookSecret(new SecureRandom());

  /**
   * Creates the stand-ins of one process.
   *
   * @param http the address of the process, such as {@code http://127.0.0.1:8080}
   */
  public StandIns(String http) {
    this.http = http;
  }

  /**
   * The settings that point the channels to this process, except for the channels that the user set
   * up.
   *
   * @param isSet whether the user made a setting
   */
  public Map<String, Object> settings(Predicate<String> isSet) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (none(isSet, "notification.slack.webhook-url", "notification.slack.bot-token")) {
      settings.put("notification.slack.webhook-url", http + "/slack/webhook");
    }
    if (none(isSet, "notification.teams.webhook-url")) {
      settings.put("notification.teams.webhook-url", http + "/teams/workflow");
    }
    if (none(
        isSet,
        "notification.sms.account-sid",
        "notification.sms.auth-token",
        "notification.sms.from")) {
      sms(settings);
      if (none(
          isSet, "notification.receipts.twilio.auth-token", "notification.receipts.twilio.url")) {
        smsReceipts(settings);
      }
    }
    if (none(isSet, "notification.push.service-account", "notification.push.project-id")) {
      push(settings);
    }
    if (none(
        isSet,
        "notification.webhook.url",
        "notification.webhook.secrets",
        "notification.webhook.secrets[0]")) {
      settings.put("notification.webhook.url", http + "/webhook");
      settings.put("notification.webhook.secrets", webhookSecret);
      settings.put("notification.webhook.allow-private-targets", true);
    }
    return settings;
  }

  TwilioStandInAccount twilio() {
    return twilio;
  }

  PushAccount push() {
    return push;
  }

  String webhookSecret() {
    return webhookSecret;
  }

  private void sms(Map<String, Object> settings) {
    settings.put("notification.sms.api-url", http + "/twilio");
    settings.put("notification.sms.account-sid", twilio.sid());
    settings.put("notification.sms.auth-token", twilio.token());
    settings.put("notification.sms.from", TwilioStandInAccount.NUMBER);
  }

  private void smsReceipts(Map<String, Object> settings) {
    String callback = http + "/receipts/twilio";
    settings.put("notification.sms.status-callback", callback);
    settings.put("notification.receipts.twilio.auth-token", twilio.token());
    settings.put("notification.receipts.twilio.url", callback);
  }

  private void push(Map<String, Object> settings) {
    byte[] account = push.file(http + "/fcm/token").getBytes(StandardCharsets.UTF_8);
    settings.put("notification.push.api-url", http + "/fcm");
    settings.put(
        "notification.push.service-account",
        "base64:" + Base64.getEncoder().encodeToString(account));
  }

  private static boolean none(Predicate<String> isSet, String... settings) {
    return Stream.of(settings).noneMatch(isSet);
  }

  private static String webhookSecret(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return "whsec_" + Base64.getEncoder().encodeToString(secret);
  }
}
