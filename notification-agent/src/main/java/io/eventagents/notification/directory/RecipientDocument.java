package io.eventagents.notification.directory;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recipient in JSON: as it is put over HTTP, kept in the table, and answered by a directory of
 * others.
 *
 * <pre>{@code
 * {"email": "kim@company.com", "phone": "+4930123456", "slack_user": "U012ABCDEF",
 *  "push_tokens": ["..."], "web_push": [{"endpoint": "https://...", "p256dh": "...", "auth": "..."}],
 *  "language": "de-AT", "time_zone": "Europe/Vienna", "channels": ["email", "sms"],
 *  "quiet_hours": {"from": "22:00", "to": "07:00"},
 *  "digests": {"email": {"at": "08:00"}, "slack": {"every": "PT4H"}}}
 * }</pre>
 *
 * <p>Every field may be left out.
 */
final class RecipientDocument {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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

  private final Map<String, String> errors = new LinkedHashMap<>();
  private final JsonNode root;

  private RecipientDocument(JsonNode root) {
    this.root = root;
  }

  /**
   * Reads a recipient strictly: a field of another name is an error, as it would be a preference
   * that nobody heeds.
   *
   * @param id the owner's
   * @throws InvalidRecipient where it has errors, with all of them
   */
  static Recipient strict(String id, byte[] json) {
    RecipientDocument document = new RecipientDocument(parse(json));
    document.refuseOthers("", document.root, FIELDS);
    return document.recipient(id);
  }

  /**
   * Reads a recipient of somebody else's directory, which may have further fields.
   *
   * @param id the owner's
   * @throws InvalidRecipient where it has errors, with all of them
   */
  static Recipient tolerant(String id, byte[] json) {
    return new RecipientDocument(parse(json)).recipient(id);
  }

  /** The recipient in JSON, with every field that it has. */
  static String write(Recipient recipient) {
    ObjectNode root = JSON.createObjectNode();
    root.put("id", recipient.id());
    put(root, "email", recipient.email());
    put(root, "phone", recipient.phone());
    put(root, "slack_user", recipient.slackUser());
    if (!recipient.pushTokens().isEmpty()) {
      recipient.pushTokens().forEach(root.putArray("push_tokens")::add);
    }
    if (!recipient.webPush().isEmpty()) {
      ArrayNode browsers = root.putArray("web_push");
      recipient
          .webPush()
          .forEach(
              browser ->
                  browsers
                      .addObject()
                      .put("endpoint", browser.endpoint())
                      .put("p256dh", browser.p256dh())
                      .put("auth", browser.auth()));
    }
    root.put("language", recipient.language().toLanguageTag());
    root.put("time_zone", recipient.zone().getId());
    Preferences preferences = recipient.preferences();
    if (preferences.channels() != null) {
      preferences.channels().stream().sorted().forEach(root.putArray("channels")::add);
    }
    QuietHours quiet = preferences.quietHours();
    if (quiet != null) {
      root.putObject("quiet_hours")
          .put("from", quiet.from().toString())
          .put("to", quiet.to().toString());
    }
    if (!preferences.digests().isEmpty()) {
      ObjectNode digests = root.putObject("digests");
      preferences
          .digests()
          .forEach(
              (channel, times) -> {
                ObjectNode digest = digests.putObject(channel);
                switch (times) {
                  case DigestTimes.Daily daily -> digest.put("at", daily.at().toString());
                  case DigestTimes.Every every -> digest.put("every", every.interval().toString());
                }
              });
    }
    return root.toString();
  }

  private static JsonNode parse(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException e) {
      throw new InvalidRecipient("The body is no JSON: " + e.getOriginalMessage(), Map.of(), e);
    }
    throw new InvalidRecipient("The body must be a JSON object", Map.of(), null);
  }

  private Recipient recipient(String id) {
    String email = text("email", MailAddress::isValid, "must be a mail address");
    String phone =
        text(
            "phone",
            value -> PHONE.matcher(value).matches(),
            "must be a number such as +4930123456");
    String slackUser =
        text(
            "slack_user",
            value -> SLACK_USER.matcher(value).matches(),
            "must be Slack's id of a member, such as U012ABCDEF");
    String sameId = text("id", id::equals, "must be that of the path, or be left out");
    Recipient recipient =
        new Recipient(
            sameId == null ? id : sameId,
            email,
            phone,
            slackUser,
            texts("push_tokens", TOKEN, MOST_DEVICES, "must be a list of tokens"),
            webPush(),
            language(),
            zone(),
            new Preferences(channels(), quietHours(), digests()));
    if (!errors.isEmpty()) {
      throw new InvalidRecipient("The recipient is not valid", errors, null);
    }
    return recipient;
  }

  private @Nullable Set<String> channels() {
    if (isAbsent(root.path("channels"))) {
      return null;
    }
    return new HashSet<>(
        texts("channels", CHANNEL, MOST_CHANNELS, "must be a list of channels such as email"));
  }

  private @Nullable QuietHours quietHours() {
    JsonNode node = object("quiet_hours", Set.of("from", "to"));
    if (node == null) {
      return null;
    }
    LocalTime from = time("quiet_hours.from", node.path("from"));
    LocalTime to = time("quiet_hours.to", node.path("to"));
    if (from == null || to == null) {
      return null;
    }
    if (from.equals(to)) {
      errors.put("quiet_hours", "must not begin and end at the same time");
      return null;
    }
    return new QuietHours(from, to);
  }

  private Map<String, DigestTimes> digests() {
    JsonNode node = root.path("digests");
    Map<String, DigestTimes> digests = new LinkedHashMap<>();
    if (isAbsent(node)) {
      return digests;
    }
    if (!node.isObject() || node.size() > MOST_CHANNELS) {
      errors.put("digests", "must be an object of channels");
      return digests;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String field = "digests." + entry.getKey();
      DigestTimes times = digest(field, entry.getKey(), entry.getValue());
      if (times != null) {
        digests.put(entry.getKey(), times);
      }
    }
    return digests;
  }

  private @Nullable DigestTimes digest(String field, String channel, JsonNode node) {
    if (!CHANNEL.matcher(channel).matches()
        || !node.isObject()
        || node.has("at") == node.has("every")) {
      errors.put(field, "must have either at, such as 08:00, or every, such as PT4H");
      return null;
    }
    if (node.has("at")) {
      LocalTime at = time(field + ".at", node.path("at"));
      return at == null ? null : new DigestTimes.Daily(at);
    }
    try {
      return new DigestTimes.Every(Duration.parse(node.path("every").asString("")));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      errors.put(field + ".every", "must be a duration from PT1M to P7D");
      return null;
    }
  }

  private Locale language() {
    String tag = text("language", RecipientDocument::isLanguage, "must be a tag such as de-AT");
    return tag == null ? Locale.ENGLISH : Locale.forLanguageTag(tag);
  }

  private static boolean isLanguage(String tag) {
    return tag.length() <= 35 && !Locale.forLanguageTag(tag).getLanguage().isEmpty();
  }

  private ZoneId zone() {
    String zone =
        text("time_zone", RecipientDocument::isZone, "must be a zone such as Europe/Vienna");
    return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
  }

  private static boolean isZone(String zone) {
    try {
      return ZoneId.of(zone).getId().length() <= 60;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private List<WebPushSubscription> webPush() {
    JsonNode node = root.path("web_push");
    List<WebPushSubscription> browsers = new ArrayList<>();
    if (isAbsent(node)) {
      return browsers;
    }
    if (!node.isArray() || node.size() > MOST_DEVICES) {
      errors.put("web_push", "must be a list of at most " + MOST_DEVICES);
      return browsers;
    }
    for (JsonNode browser : node) {
      String endpoint = browser.path("endpoint").asString("");
      String p256dh = browser.path("p256dh").asString("");
      String auth = browser.path("auth").asString("");
      if (!isHttps(endpoint)
          || !TOKEN.matcher(p256dh).matches()
          || !TOKEN.matcher(auth).matches()) {
        errors.put("web_push", "must have endpoint (https), p256dh and auth each");
        return browsers;
      }
      browsers.add(new WebPushSubscription(endpoint, p256dh, auth));
    }
    return browsers;
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
    JsonNode node = root.path(name);
    if (isAbsent(node)) {
      return null;
    }
    if (!node.isString() || !valid.test(node.stringValue())) {
      errors.put(name, expected);
      return null;
    }
    return node.stringValue();
  }

  private List<String> texts(String name, Pattern pattern, int most, String expected) {
    JsonNode node = root.path(name);
    List<String> texts = new ArrayList<>();
    if (isAbsent(node)) {
      return texts;
    }
    if (!node.isArray() || node.size() > most) {
      errors.put(name, expected + ", at most " + most);
      return texts;
    }
    for (JsonNode element : node) {
      if (!element.isString() || !pattern.matcher(element.stringValue()).matches()) {
        errors.put(name, expected);
        return texts;
      }
      texts.add(element.stringValue());
    }
    return texts;
  }

  private @Nullable LocalTime time(String field, JsonNode node) {
    try {
      return LocalTime.parse(node.asString(""));
    } catch (DateTimeException e) {
      errors.put(field, "must be a time of day such as 22:00");
      return null;
    }
  }

  private @Nullable JsonNode object(String name, Set<String> fields) {
    JsonNode node = root.path(name);
    if (isAbsent(node)) {
      return null;
    }
    if (!node.isObject()) {
      errors.put(name, "must be an object");
      return null;
    }
    refuseOthers(name + ".", node, fields);
    return node;
  }

  private void refuseOthers(String prefix, JsonNode node, Collection<String> known) {
    node.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> errors.put(prefix + name, "is unknown"));
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
