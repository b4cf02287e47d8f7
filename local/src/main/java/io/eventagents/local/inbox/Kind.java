package io.eventagents.local.inbox;

import com.fasterxml.jackson.annotation.JsonAlias;

/** What can be received. */
public enum Kind {
  /** A mail. */
  MAIL("Mail"),
  /** A post to Slack; inboxes that were kept from before say so in another word. */
  @JsonAlias("POST")
  SLACK("Slack"),
  /** A card in Teams. */
  TEAMS("Teams"),
  /** A text message. */
  SMS("SMS"),
  /** A push to an app. */
  PUSH("Push"),
  /** A signed request. */
  WEBHOOK("Webhook");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** As people call it. */
  public String label() {
    return label;
  }
}
