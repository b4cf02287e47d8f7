package io.eventagents.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.directory.DirectoryAutoConfiguration;
import io.eventagents.notification.email.EmailAutoConfiguration;
import io.eventagents.notification.push.PushAutoConfiguration;
import io.eventagents.notification.push.WebPushAutoConfiguration;
import io.eventagents.notification.slack.SlackAutoConfiguration;
import io.eventagents.notification.sms.SmsAutoConfiguration;
import io.eventagents.notification.teams.TeamsAutoConfiguration;
import io.eventagents.notification.template.TemplatesAutoConfiguration;
import io.eventagents.notification.webhook.WebhookAutoConfiguration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;

@ExtendWith(OutputCaptureExtension.class)
class ChannelsTests {

  private static final String MAIL = "spring.mail.host=mail.example.com";
  private static final String SLACK =
      "notification.slack.webhook-url=https://hooks.slack.com/services/T0/B0/secret";

  private static final String TEAMS =
      "notification.teams.webhook-url=https://prod-1.logic.azure.com/workflows/x?sig=secret";
  private static final String[] SMS = {
    "notification.sms.account-sid=AC1",
    "notification.sms.auth-token=secret",
    "notification.sms.from=+15005550006"
  };
  // The example of RFC 8291.
  private static final String[] WEB_PUSH = {
    "notification.web-push.vapid-public-key=BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "notification.web-push.vapid-private-key=q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "notification.web-push.subject=mailto:ops@company.com"
  };
  private static final String[] WEBHOOK = {
    "notification.webhook.url=https://93.184.215.14/hook",
    "notification.webhook.secrets=whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
  };

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withInitializer(
              context ->
                  context.getBeanFactory().setConversionService(new ApplicationConversionService()))
          .withConfiguration(
              AutoConfigurations.of(
                  MailSenderAutoConfiguration.class,
                  DirectoryAutoConfiguration.class,
                  TemplatesAutoConfiguration.class,
                  ChannelAutoConfiguration.class,
                  EmailAutoConfiguration.class,
                  SlackAutoConfiguration.class,
                  TeamsAutoConfiguration.class,
                  PushAutoConfiguration.class,
                  WebPushAutoConfiguration.class,
                  SmsAutoConfiguration.class,
                  WebhookAutoConfiguration.class));

  @Test
  void turnsOnTheChannelsThatAreSet() {
    application
        .withPropertyValues(MAIL, SLACK, TEAMS)
        .withPropertyValues(SMS)
        .withPropertyValues(WEB_PUSH)
        .withPropertyValues(WEBHOOK)
        .withPropertyValues("notification.sms.rate-limit=10/s")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("notificationEmail")
                    .hasBean("notificationSlack")
                    .hasBean("notificationTeams")
                    .hasBean("notificationSms")
                    .hasBean("notificationWebPush")
                    .hasBean("notificationWebhook")
                    .doesNotHaveBean("notificationPush"));
  }

  @Test
  void leavesTheOthersOffAndSaysHowToTurnThemOn(CapturedOutput log) {
    application
        .withPropertyValues(
            "spring.mail.host=", "notification.slack.webhook-url=", "notification.sms.from=")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(ChannelAgent.class);
              assertThat(log)
                  .contains("notification-email is off: spring.mail.host is not set")
                  .contains("notification-slack is off: notification.slack.webhook-url is not set")
                  .contains("notification-teams is off: notification.teams.webhook-url is not set")
                  .contains(
                      "notification-push is off: notification.push.service-account is not set")
                  .contains(
                      "notification-web-push is off: notification.web-push.vapid-private-key is not"
                          + " set")
                  .contains("notification-sms is off: notification.sms.account-sid is not set")
                  .contains("notification-webhook is off: notification.webhook.url is not set");
            });
  }

  @Test
  void turnsAChannelOffThatIsSet() {
    application
        .withPropertyValues(MAIL, SLACK, TEAMS)
        .withPropertyValues(SMS)
        .withPropertyValues(WEB_PUSH)
        .withPropertyValues(WEBHOOK)
        .withPropertyValues(
            "notification.email.enabled=false",
            "notification.slack.enabled=false",
            "notification.teams.enabled=false",
            "notification.sms.enabled=false",
            "notification.web-push.enabled=false",
            "notification.webhook.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChannelAgent.class));
  }

  @ParameterizedTest
  @CsvSource({
    "notification.email.enabled=true, spring.mail.host",
    "notification.slack.enabled=true, notification.slack.webhook-url",
    "notification.teams.enabled=true, notification.teams.webhook-url",
    "notification.push.enabled=true, notification.push.service-account",
    "notification.web-push.enabled=true, notification.web-push.vapid-private-key",
    "notification.sms.enabled=true, notification.sms.account-sid",
    "notification.webhook.enabled=true, notification.webhook.url"
  })
  void failsTheStartIfAnEnabledChannelHasNoAddress(String setting, String missing) {
    fails(setting, "is enabled, but " + missing, "Set " + missing);
  }

  @ParameterizedTest
  @CsvSource({
    "notification.sms.account-sid=AC1, notification.sms.auth-token",
    "notification.sms.from=+15005550006, notification.sms.account-sid",
    "notification.push.project-id=p, notification.push.service-account",
    "notification.web-push.vapid-private-key=x, notification.web-push.vapid-public-key",
    "notification.web-push.subject=x, notification.web-push.vapid-public-key",
    "notification.webhook.url=https://93.184.215.14/, notification.webhook.secrets",
    "notification.webhook.secrets[0]=x, notification.webhook.url"
  })
  void failsTheStartIfAChannelIsOnlyPartlyConfigured(String setting, String missing) {
    fails(setting, "is only partly configured: " + missing + " is not set", "Set " + missing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/hook",
        "http://localhost/hook",
        "http://10.0.0.1/hook",
        "http://169.254.169.254/latest/meta-data",
        "http://[fd00:ec2::254]/hook"
      })
  void failsTheStartIfAWebhookLeadsIntoAPrivateRange(String url) {
    application
        .withPropertyValues(WEBHOOK)
        .withPropertyValues("notification.webhook.url=" + url)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("leads to a loopback, link-local or private address"));
    application
        .withPropertyValues(WEBHOOK)
        .withPropertyValues(
            "notification.webhook.url=" + url, "notification.webhook.allow-private-targets=true")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "notification.email.from=nobody, notification.email.from is not a mail address",
    "notification.email.recipient-pattern={owner}, does not make a mail address",
    "notification.email.read-timeout=0s, it must be at least",
    "notification.email.connections=0, it must be at least 1",
    "notification.email.rate-limit=fast, is not a rate limit",
    "notification.slack.webhook-url=hooks.slack.com/services/secret, is not an HTTP URL",
    "notification.slack.webhook-url=ftp://hooks.slack.com/secret, is not an HTTP URL",
    "notification.slack.webhook-url=https://hooks slack/secret, is not an HTTP URL",
    "notification.slack.bot-token=xoxb-secret, are both set",
    "notification.slack.connect-timeout=-1s, it must be at least",
    "notification.teams.webhook-url=secret, is not an HTTP URL",
    "notification.sms.api-url=secret, is not an HTTP URL",
    "notification.push.service-account=file:/no/such/file, cannot be read",
    "notification.web-push.subject=ops@company.com, is neither mailto: nor https:",
    "notification.web-push.vapid-private-key=secret, is not a P-256 key",
    "notification.webhook.secrets=secret, is not a Standard Webhooks secret"
  })
  void failsTheStartOnAMalformedSetting(String setting, String message) {
    application
        .withPropertyValues(MAIL, SLACK)
        .withPropertyValues(SMS)
        .withPropertyValues(WEB_PUSH)
        .withPropertyValues(WEBHOOK)
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(message)
                    .hasMessageNotContaining("/secret"));
  }

  @Test
  void failsTheStartIfTwilioCallsAnotherUrlThanIsChecked() {
    String callback = "notification.sms.status-callback=https://tasks.company.com/receipts/twilio";
    application
        .withPropertyValues(SMS)
        .withPropertyValues(
            callback, "notification.receipts.twilio.url=http://inside:8080/receipts/twilio")
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining("differ"));
    application
        .withPropertyValues(SMS)
        .withPropertyValues(
            callback, "notification.receipts.twilio.url=https://tasks.company.com/receipts/twilio")
        .run(context -> assertThat(context).hasNotFailed());
  }

  private void fails(String setting, String description, String action) {
    application
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(
                        NestedExceptionUtils.getMostSpecificCause(
                            Objects.requireNonNull(context.getStartupFailure())))
                    .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        failure -> {
                          assertThat(failure).hasMessageContaining(description);
                          assertThat(failure.action()).startsWith(action);
                        }));
  }
}
