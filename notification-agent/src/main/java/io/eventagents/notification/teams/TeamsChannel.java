package io.eventagents.notification.teams;

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
import java.util.Optional;

/** A workflow's webhook. It has no idempotency key, so a repeat posts a second card. */
final class TeamsChannel implements Channel, AutoCloseable {

  /** The largest message that Teams accepts, in bytes. */
  private static final int LARGEST = 28 * 1024;

  private final URI url;
  private final String channel;
  private final ProviderClient client;

  TeamsChannel(URI url, String channel, ProviderClient client) {
    this.url = url;
    this.channel = channel;
    this.client = client;
  }

  @Override
  public String name() {
    return "teams";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.of(channel);
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    byte[] card = JsonPost.bytes(AdaptiveCard.of(message.content()));
    if (card.length > LARGEST) {
      // The workflow would accept it with 202 and drop it later.
      throw new Undeliverable(
          "The card has %d bytes, and Teams takes %d".formatted(card.length, LARGEST));
    }
    Answer answer = client.call(provider(), JsonPost.of(url, card));
    if (answer.isSuccess()) {
      return new SentMessage(channel, answer.header("x-ms-workflow-run-id"));
    }
    if (answer.isUrlRefused() || answer.isRedirect()) {
      throw client.unavailable(provider(), answer);
    }
    throw new Undeliverable(provider() + " refused the card: " + answer);
  }

  private String provider() {
    return "Teams workflow at " + ProviderUrl.shown(url);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
