package io.eventagents.wire;

import java.util.regex.Pattern;

/**
 * The name of an event type, {@code domain.action}, such as {@code task.created}.
 *
 * @param domain what it is about; gives the topic
 * @param action what happened, in the past tense
 */
public record EventTypeName(String domain, String action) {

  private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*");

  /**
   * Reads a name and holds it to the rules for event types of this framework.
   *
   * @throws InvalidPayload if it is not {@code domain.action}, or its action is an imperative; the
   *     message says what to change
   */
  public static EventTypeName parse(String name) {
    int dot = name.indexOf('.');
    if (dot < 0 || !isWords(name.substring(0, dot)) || !isWords(name.substring(dot + 1))) {
      throw new InvalidPayload(
          "The event type '" + name + "' is not of the form domain.action.",
          "Name it like 'task.created': lower case letters, digits, '_' and '-', with one dot.");
    }
    EventTypeName parsed = new EventTypeName(name.substring(0, dot), name.substring(dot + 1));
    Imperative.in(parsed.action)
        .ifPresent(
            verb -> {
              throw new InvalidPayload(
                  "The event type '" + name + "' is an imperative ('" + verb.verb() + "').",
                  "An event is a fact: name it in the past tense, '"
                      + parsed.domain
                      + "."
                      + verb.suggestion()
                      + "'. A command is not published; take it over HTTP.");
            });
    return parsed;
  }

  private static boolean isWords(String part) {
    return WORDS.matcher(part).matches();
  }

  /** The topic that events of this domain live on, before any setting overrides it. */
  public String topic() {
    return domain + "-events";
  }

  @Override
  public String toString() {
    return domain + "." + action;
  }
}
