package io.eventagents.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Agent;
import io.eventagents.Effects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class NotificationAgentAutoConfigurationTests {

  private static final String MAIL = "spring.mail.host=mail.example.com";
  private static final String SLACK =
      "notification.slack.webhook-url=https://hooks.slack.com/services/T0/B0/secret";

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MailSenderAutoConfiguration.class, NotificationAgentAutoConfiguration.class));

  @Test
  void turnsOnTheChannelsThatAreSet() {
    application
        .withPropertyValues(MAIL, SLACK)
        .run(
            context ->
                assertThat(context).hasBean("notificationEmail").hasBean("notificationSlack"));
  }

  @Test
  void leavesTheOthersOffAndSaysHowToTurnThemOn(CapturedOutput log) {
    application
        .withPropertyValues("spring.mail.host=", "notification.slack.webhook-url=")
        .run(
            context -> {
              assertThat(context)
                  .doesNotHaveBean(NotificationEmail.class)
                  .doesNotHaveBean(NotificationSlack.class);
              assertThat(log)
                  .contains("notification-email is off: spring.mail.host is not set")
                  .contains("notification-slack is off: notification.slack.webhook-url is not set");
            });
  }

  @Test
  void turnsAChannelOffThatIsSet() {
    application
        .withPropertyValues(
            MAIL, SLACK, "notification.email.enabled=false", "notification.slack.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(NotificationEmail.class)
                    .doesNotHaveBean(NotificationSlack.class));
  }

  @ParameterizedTest
  @CsvSource({
    "notification.email.enabled=true, spring.mail.host",
    "notification.slack.enabled=true, notification.slack.webhook-url"
  })
  void failsTheStartWhereAnEnabledChannelHasNoAddress(String setting, String missing) {
    application
        .withPropertyValues(setting)
        .run(
            context -> {
              assertThat(context)
                  .getFailure()
                  .isInstanceOfSatisfying(
                      ChannelMisconfigured.class,
                      failure ->
                          assertThat(new ChannelMisconfiguredFailureAnalyzer().analyze(failure))
                              .satisfies(
                                  analysis -> {
                                    assertThat(analysis.getDescription())
                                        .contains("is enabled, but " + missing);
                                    assertThat(analysis.getAction()).startsWith("Set " + missing);
                                  }));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "notification.email.from=nobody, notification.email.from is no mail address",
    "notification.email.recipient-pattern={owner}, makes no mail address",
    "notification.email.read-timeout=0s, it must be at least",
    "notification.slack.webhook-url=hooks.slack.com/services/secret, is no URL of HTTP",
    "notification.slack.webhook-url=ftp://hooks.slack.com/secret, is no URL of HTTP",
    "notification.slack.webhook-url=https://hooks slack/secret, is no URL of HTTP",
    "notification.slack.connect-timeout=-1s, it must be at least"
  })
  void failsTheStartOnAMalformedSetting(String setting, String message) {
    application
        .withPropertyValues(MAIL, SLACK, setting)
        .run(
            context -> {
              assertThat(context)
                  .getFailure()
                  .rootCause()
                  .hasMessageContaining(message)
                  .hasMessageNotContaining("secret");
            });
  }

  @Test
  void bothCallSomebodyElse() {
    assertThat(NotificationEmail.class.getAnnotation(Agent.class))
        .extracting(Agent::effects)
        .isEqualTo(Effects.EXTERNAL);
    assertThat(NotificationSlack.class.getAnnotation(Agent.class))
        .extracting(Agent::effects)
        .isEqualTo(Effects.EXTERNAL);
  }
}
