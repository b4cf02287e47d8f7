package io.eventagents.notification.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a template's file, such as {@code task.created/email.subject.de-AT.mustache}.
 *
 * @param event the event type, or {@value #DIGEST}
 * @param channel the channel's name, or {@value #ANY_CHANNEL}
 * @param part the part of the message
 * @param language a language tag (BCP 47); empty for recipients whose language has no template
 */
record TemplateName(String event, String channel, Part part, String language) {

  /** Stands for the event type if one message is about several events. */
  static final String DIGEST = "digest";

  /** Stands for all channels without a template of their own. */
  static final String ANY_CHANNEL = "default";

  private static final Pattern FILE =
      Pattern.compile(
          "(?<event>[a-z0-9._-]+)/(?<channel>[a-z0-9-]+)\\.(?<part>[a-z]+)(?:\\.(?<language>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*))?\\.mustache");

  /** The template with this path below the folder; empty if the path is not that of a template. */
  static Optional<TemplateName> parse(String path) {
    Matcher matcher = FILE.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String language = matcher.group("language");
    return Arrays.stream(Part.values())
        .filter(part -> part.fileName().equals(matcher.group("part")))
        .findFirst()
        .map(
            part ->
                new TemplateName(
                    matcher.group("event"),
                    matcher.group("channel"),
                    part,
                    language == null ? "" : Locale.forLanguageTag(language).toLanguageTag()));
  }

  /** The wording that it is a part of. */
  Key key() {
    return new Key(event, channel, language);
  }

  /** A part of a message. */
  enum Part {
    SUBJECT,
    TEXT,
    HTML,
    CARD;

    String fileName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One wording of a message. Its parts belong together. */
  record Key(String event, String channel, String language) {

    /** The file for a part of it. */
    String file(Part part) {
      return "%s/%s.%s%s.mustache"
          .formatted(event, channel, part.fileName(), language.isEmpty() ? "" : "." + language);
    }
  }
}
