package io.eventagents.notification.directory;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A person to notify, with their addresses.
 *
 * @param id the owner's id in the events
 * @param phone in E.164 form, such as {@code +4930123456}
 * @param slackUser the Slack member id, such as {@code U012ABCDEF}
 * @param pushTokens the registration tokens of the apps
 * @param webPush the subscriptions of the browsers
 * @param language the language of the messages
 * @param zone the time zone of the messages, quiet hours and digests
 * @param preferences what they want
 */
public record Recipient(
    String id,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String slackUser,
    List<String> pushTokens,
    List<WebPushSubscription> webPush,
    Locale language,
    ZoneId zone,
    Preferences preferences) {

  public Recipient {
    pushTokens = List.copyOf(pushTokens);
    webPush = List.copyOf(webPush);
  }

  /** A recipient without preferences, with times in UTC. */
  public Recipient(
      String id,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String slackUser,
      List<String> pushTokens,
      List<WebPushSubscription> webPush,
      Locale language) {
    this(
        id,
        email,
        phone,
        slackUser,
        pushTokens,
        webPush,
        language,
        ZoneOffset.UTC,
        Preferences.NONE);
  }

  /** A recipient of whom only the id is known. Channels that address people cannot reach them. */
  public static Recipient unknown(String id) {
    return new Recipient(id, null, null, null, List.of(), List.of(), Locale.ENGLISH);
  }

  /** The same recipient without the addresses that the condition holds for. */
  public Recipient without(Predicate<String> condition) {
    return new Recipient(
        id,
        email == null || condition.test(email) ? null : email,
        phone == null || condition.test(phone) ? null : phone,
        slackUser == null || condition.test(slackUser) ? null : slackUser,
        pushTokens.stream().filter(condition.negate()).toList(),
        webPush.stream().filter(browser -> !condition.test(browser.endpoint())).toList(),
        language,
        zone,
        preferences);
  }
}
