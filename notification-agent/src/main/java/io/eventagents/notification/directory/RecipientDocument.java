package io.eventagents.notification.directory;

import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonFields;
import io.eventagents.http.JsonReader;
import io.eventagents.http.UnfitValue;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recipient in JSON, as clients put it over HTTP, as the table stores it, and as a foreign
 * directory returns it.
 *
 * <pre>{@code
 * {"email": "kim@company.com", "phone": "+4930123456", "slack_user": "U012ABCDEF",
 *  "push_tokens": ["..."], "web_push": [{"endpoint": "https://...", "p256dh": "...", "auth": "..."}],
 *  "language": "de-AT", "time_zone": "Europe/Vienna", "channels": ["email", "sms"],
 *  "quiet_hours": {"from": "22:00", "to": "07:00"},
 *  "digests": {"email": {"at": "08:00"}, "slack": {"every": "PT4H"}}}
 * }</pre>
 *
 * <p>Every field is optional.
 */
final class RecipientDocument {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
  private static final JsonReader READER = JsonBody.reader().nested(path -> true);

  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern SLACK_USER = Pattern.compile("[UW][A-Z0-9]{2,30}");
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");
  private static final int MOST_DEVICES = 50;
  private static final int MOST_CHANNELS = 20;

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "email",
          "phone",
          "slack_user",
          "push_tokens",
          "web_push",
          "language",
          "time_zone",
          "channels",
          "quiet_hours",
          "digests");

  private final JsonFields fields;

  private RecipientDocument(byte @Nullable [] json) {
    this.fields = new JsonFields(READER.read(json));
  }

  /**
   * Reads a recipient strictly. An unknown field is an error, as it might be a preference that
   * would be ignored.
   *
   * @param id the owner's
   * @throws InvalidRequest if there are errors, with all of them
   */
  static Recipient strict(String id, byte @Nullable [] json) {
    RecipientDocument document = new RecipientDocument(json);
    document.fields.refuseUnknown(FIELDS, "is unknown");
    return document.recipient(id);
  }

  /**
   * Reads a recipient from a foreign directory, which may have further fields.
   *
   * @param id the owner's
   * @throws InvalidRecipient if there are errors, with all of them
   */
  static Recipient tolerant(String id, byte[] json) {
    try {
      return new RecipientDocument(json).recipient(id);
    } catch (InvalidRequest e) {
      throw new InvalidRecipient(e);
    }
  }

  /** The recipient in JSON, with every field that is set. */
  static String write(Recipient recipient) {
    Preferences preferences = recipient.preferences();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", recipient.id());
    document.put("email", recipient.email());
    document.put("phone", recipient.phone());
    document.put("slack_user", recipient.slackUser());
    document.put("push_tokens", unlessEmpty(recipient.pushTokens()));
    document.put("web_push", unlessEmpty(recipient.webPush()));
    document.put("language", recipient.language().toLanguageTag());
    document.put("time_zone", recipient.zone().getId());
    document.put(
        "channels", preferences.channels() == null ? null : new TreeSet<>(preferences.channels()));
    document.put(
        "quiet_hours", preferences.quietHours() == null ? null : json(preferences.quietHours()));
    Map<String, Object> digests = new LinkedHashMap<>();
    preferences.digests().forEach((channel, times) -> digests.put(channel, json(times)));
    document.put("digests", digests.isEmpty() ? null : digests);
    document.values().removeIf(Objects::isNull);
    return JSON.writeValueAsString(document);
  }

  private static Map<String, String> json(QuietHours quiet) {
    return new TreeMap<>(Map.of("from", quiet.from().toString(), "to", quiet.to().toString()));
  }

  private static Map<String, String> json(DigestTimes times) {
    return switch (times) {
      case DigestTimes.Daily daily -> Map.of("at", daily.at().toString());
      case DigestTimes.Every every -> Map.of("every", every.interval().toString());
    };
  }

  private static @Nullable List<?> unlessEmpty(List<?> list) {
    return list.isEmpty() ? null : list;
  }

  private Recipient recipient(String id) {
    String email = text("email", MailAddress::isValid, "must be a mail address");
    String phone =
        text("phone", PHONE.asMatchPredicate(), "must be a phone number such as +4930123456");
    String slackUser =
        text(
            "slack_user",
            SLACK_USER.asMatchPredicate(),
            "must be a Slack member id such as U012ABCDEF");
    String sameId = text("id", id::equals, "must be the id in the path, or be left out");
    List<String> pushTokens = texts("push_tokens", TOKEN, MOST_DEVICES, "must be a list of tokens");
    List<WebPushSubscription> webPush = fields.optional("web_push", RecipientDocument::webPush);
    Locale language = fields.optional("language", RecipientDocument::language);
    ZoneId zone = fields.optional("time_zone", RecipientDocument::zone);
    List<String> channels =
        texts("channels", CHANNEL, MOST_CHANNELS, "must be a list of channels such as email");
    QuietHours quietHours = quietHours();
    Map<String, DigestTimes> digests = digests();
    fields.check();
    return new Recipient(
        sameId == null ? id : sameId,
        email,
        phone,
        slackUser,
        Objects.requireNonNullElse(pushTokens, List.of()),
        Objects.requireNonNullElse(webPush, List.of()),
        Objects.requireNonNullElse(language, Locale.ENGLISH),
        Objects.requireNonNullElse(zone, ZoneOffset.UTC),
        new Preferences(channels == null ? null : new HashSet<>(channels), quietHours, digests));
  }

  private @Nullable QuietHours quietHours() {
    JsonNode node =
        fields.optional("quiet_hours", hours -> fit(hours, hours.isObject(), "must be an object"));
    if (node == null) {
      return null;
    }
    node.propertyNames().stream()
        .filter(name -> !name.equals("from") && !name.equals("to"))
        .forEach(name -> fields.wrong("quiet_hours." + name, "is unknown"));
    LocalTime from = time("quiet_hours.from", node.path("from"));
    LocalTime to = time("quiet_hours.to", node.path("to"));
    if (from == null || to == null) {
      return null;
    }
    if (from.equals(to)) {
      fields.wrong("quiet_hours", "must not begin and end at the same time");
      return null;
    }
    return new QuietHours(from, to);
  }

  private Map<String, DigestTimes> digests() {
    JsonNode node =
        fields.optional(
            "digests",
            channels ->
                fit(
                    channels,
                    channels.isObject() && channels.size() <= MOST_CHANNELS,
                    "must be an object of channels"));
    Map<String, DigestTimes> digests = new LinkedHashMap<>();
    if (node != null) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        DigestTimes times = digest(entry.getKey(), entry.getValue());
        if (times != null) {
          digests.put(entry.getKey(), times);
        }
      }
    }
    return digests;
  }

  private @Nullable DigestTimes digest(String channel, JsonNode node) {
    String field = "digests." + channel;
    if (!CHANNEL.matcher(channel).matches()
        || !node.isObject()
        || node.has("at") == node.has("every")) {
      fields.wrong(field, "must have either at, such as 08:00, or every, such as PT4H");
      return null;
    }
    if (node.has("at")) {
      LocalTime at = time(field + ".at", node.path("at"));
      return at == null ? null : new DigestTimes.Daily(at);
    }
    try {
      return new DigestTimes.Every(Duration.parse(node.path("every").asString("")));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      fields.wrong(field + ".every", "must be a duration from PT1M to P7D");
      return null;
    }
  }

  private static Locale language(JsonNode node) {
    return Locale.forLanguageTag(
        text(node, RecipientDocument::isLanguage, "must be a language tag such as de-AT"));
  }

  private static boolean isLanguage(String tag) {
    return tag.length() <= 35 && !Locale.forLanguageTag(tag).getLanguage().isEmpty();
  }

  private static ZoneId zone(JsonNode node) {
    return ZoneId.of(
        text(node, RecipientDocument::isZone, "must be a time zone such as Europe/Vienna"));
  }

  private static boolean isZone(String zone) {
    try {
      return ZoneId.of(zone).getId().length() <= 60;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static List<WebPushSubscription> webPush(JsonNode node) {
    return fit(
            node,
            node.isArray() && node.size() <= MOST_DEVICES,
            "must be a list of at most " + MOST_DEVICES)
        .valueStream()
        .map(RecipientDocument::browser)
        .toList();
  }

  private static WebPushSubscription browser(JsonNode node) {
    WebPushSubscription browser =
        new WebPushSubscription(
            node.path("endpoint").asString(""),
            node.path("p256dh").asString(""),
            node.path("auth").asString(""));
    return fit(
        browser,
        isHttps(browser.endpoint())
            && TOKEN.matcher(browser.p256dh()).matches()
            && TOKEN.matcher(browser.auth()).matches(),
        "must each have endpoint (https), p256dh and auth");
  }

  private static boolean isHttps(String text) {
    try {
      URI uri = URI.create(text);
      return "https".equals(uri.getScheme())
          && uri.getHost() != null
          && TOKEN.matcher(text).matches();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private @Nullable String text(String name, Predicate<String> valid, String expected) {
    return fields.optional(name, node -> text(node, valid, expected));
  }

  private static String text(JsonNode node, Predicate<String> valid, String expected) {
    return fit(node, node.isString() && valid.test(node.stringValue()), expected).stringValue();
  }

  private @Nullable List<String> texts(String name, Pattern pattern, int most, String expected) {
    return fields.optional(
        name,
        node ->
            fit(node, node.isArray() && node.size() <= most, expected + ", at most " + most)
                .valueStream()
                .map(element -> text(element, pattern.asMatchPredicate(), expected))
                .toList());
  }

  private @Nullable LocalTime time(String field, JsonNode node) {
    try {
      return LocalTime.parse(node.asString(""));
    } catch (DateTimeException e) {
      fields.wrong(field, "must be a time of day such as 22:00");
      return null;
    }
  }

  private static <T> T fit(T value, boolean isFit, String expected) {
    if (!isFit) {
      throw new UnfitValue(expected);
    }
    return value;
  }
}
