package io.eventagents.local.inbox;

import com.fasterxml.jackson.annotation.JsonAlias;

/** The kinds of messages. */
public enum Kind {
  /** A mail. */
  MAIL("Mail"),
  /** A post to Slack; older inbox files call it {@code POST}. */
  @JsonAlias("POST")
  SLACK("Slack"),
  /** A card in Microsoft Teams. */
  TEAMS("Teams"),
  /** A text message. */
  SMS("SMS"),
  /** A push notification to an app. */
  PUSH("Push"),
  /** A signed webhook request. */
  WEBHOOK("Webhook");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** The name for people. */
  public String label() {
    return label;
  }
}
