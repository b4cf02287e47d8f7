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
import org.apache.hc.client5.http.classic.methods.HttpPost;

/**
 * An incoming webhook.
 *
 * <p>Slack returns no id of the post. The idempotency key takes its place, which is the id of the
 * {@code notification.sent} that follows.
 */
final class SlackWebhook implements Channel, AutoCloseable {

  private final URI url;
  private final String channel;
  private final ProviderClient client;

  SlackWebhook(URI url, String channel, ProviderClient client) {
    this.url = url;
    this.channel = channel;
    this.client = client;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.of(channel);
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    HttpPost post = JsonPost.of(url, Map.of("channel", channel, "text", message.content().text()));
    post.setHeader("Idempotency-Key", message.idempotencyKey());
    check(client.call(provider(), post));
    return new SentMessage(channel, message.idempotencyKey());
  }

  /** The webhook's name for operators, without the secret in its path. */
  private String provider() {
    return "Slack webhook at " + ProviderUrl.shown(url);
  }

  private void check(Answer answer) {
    if (answer.isSuccess()) {
      return;
    }
    if (answer.isUrlRefused() || answer.isRedirect()) {
      throw client.unavailable(provider(), answer);
    }
    throw new Undeliverable(provider() + " refused the post: " + answer);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
