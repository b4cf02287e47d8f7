package io.eventagents.notification.slack;

import io.eventagents.notification.channel.Channel;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.http.Answer;
import io.eventagents.notification.http.JsonPost;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import tools.jackson.databind.JsonNode;

/**
 * Slack's {@code chat.postMessage}. Slack answers every call with 200, and the body says what
 * happened.
 *
 * <p>Slack has no idempotency key, so the key is sent as the post's metadata.
 */
final class SlackBot implements Channel, AutoCloseable {

  /** Errors that concern this post alone. */
  private static final Set<String> OF_THE_POST =
      Set.of(
          "msg_too_long",
          "no_text",
          "too_many_attachments",
          "invalid_blocks",
          "invalid_metadata_format",
          "invalid_metadata_schema",
          "metadata_too_large",
          "invalid_arguments",
          "message_limit_exceeded");

  /** Errors that mean that the person cannot be reached with this id any more. */
  private static final Set<String> OF_A_PLACE_THAT_IS_GONE =
      Set.of(
          "channel_not_found",
          "user_not_found",
          "user_disabled",
          "is_archived",
          "is_inactive",
          "cannot_dm_bot");

  /** Other errors that concern the place of one recipient, or the channel that all share. */
  private static final Set<String> OF_THE_PLACE = Set.of("messages_tab_disabled", "not_in_channel");

  private final URI api;
  private final String token;
  private final String channel;
  private final boolean directMessages;
  private final ProviderClient client;

  SlackBot(URI api, String token, String channel, boolean directMessages, ProviderClient client) {
    this.api = api;
    this.token = token;
    this.channel = channel;
    this.directMessages = directMessages;
    this.client = client;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.of(
        directMessages && recipient.slackUser() != null ? recipient.slackUser() : channel);
  }

  @Override
  public boolean addressesPeople() {
    return directMessages;
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    HttpPost post =
        JsonPost.of(
            URI.create(api + "/chat.postMessage"),
            Map.of(
                "channel",
                message.address(),
                "text",
                message.content().text(),
                "metadata",
                Map.of(
                    "event_type",
                    "event_agents_notification",
                    "event_payload",
                    Map.of("notification_id", message.idempotencyKey()))));
    post.setHeader("Authorization", "Bearer " + token);
    JsonNode posted = check(client.call(provider(), post), message.address());
    return new SentMessage(
        message.address(),
        posted.path("channel").asString("") + "/" + posted.path("ts").asString(""));
  }

  private String provider() {
    return "Slack at " + ProviderUrl.shown(api);
  }

  private JsonNode check(Answer answer, String address) {
    JsonNode body = answer.json();
    if (answer.isSuccess() && body.path("ok").asBoolean(false)) {
      return body;
    }
    String error = body.path("error").asString("");
    boolean ofThePlace = OF_THE_PLACE.contains(error) || OF_A_PLACE_THAT_IS_GONE.contains(error);
    if (OF_THE_POST.contains(error)
        || (ofThePlace && !address.equals(channel))
        || answer.status() == 413) {
      String reason =
          "%s refused the post: %s".formatted(provider(), error.isEmpty() ? answer : error);
      throw OF_A_PLACE_THAT_IS_GONE.contains(error)
          ? Undeliverable.gone(address, reason)
          : new Undeliverable(reason);
    }
    // The remaining causes are the token, its scopes, the workspace, the channel for all posts,
    // or Slack itself. No post gets through.
    throw client.unavailable(provider(), answer);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
