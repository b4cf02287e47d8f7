package io.eventagents.notification.directory;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told, and where.
 *
 * @param id the owner's id in the events
 * @param phone in the form of E.164, such as {@code +4930123456}
 * @param slackUser Slack's id of a member, such as {@code U012ABCDEF}
 * @param pushTokens the registration tokens of the apps
 * @param webPush the browsers
 * @param language what messages are written in
 * @param zone where times are shown in, and where quiet hours and digests have theirs
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

  /** Somebody who wants nothing special, with times in UTC. */
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

  /** Somebody of whom only the id is known: channels that address people cannot reach them. */
  public static Recipient unknown(String id) {
    return new Recipient(id, null, null, null, List.of(), List.of(), Locale.ENGLISH);
  }

  /** The same with other preferences. */
  public Recipient with(ZoneId zone, Preferences preferences) {
    return new Recipient(
        id, email, phone, slackUser, pushTokens, webPush, language, zone, preferences);
  }
}
