package io.eventagents.notification.webhook;

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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.springframework.boot.http.client.FilteredHostException;

/**
 * Sends signed posts to one URL. The receiver recognises repeats by {@code webhook-id}, which is
 * the id of the {@code notification.sent} that follows.
 */
final class WebhookChannel implements Channel, AutoCloseable {

  private final URI url;
  private final Signature signature;
  private final ProviderClient client;
  private final Clock clock;

  WebhookChannel(URI url, Signature signature, ProviderClient client, Clock clock) {
    this.url = url;
    this.signature = signature;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "webhook";
  }

  /** The host, as the path may be a secret. */
  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.of(ProviderUrl.shown(url));
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    Answer answer;
    try {
      answer = client.call(provider(), signed(message));
    } catch (FilteredHostException e) {
      throw new Undeliverable(
          provider()
              + " leads to a private address; notification.webhook.allow-private-targets is false",
          e);
    }
    if (answer.isSuccess()) {
      return new SentMessage(message.address(), message.idempotencyKey());
    }
    if (answer.isRedirect()) {
      throw new Undeliverable(
          provider() + " redirects, which is not followed: HTTP " + answer.status());
    }
    if (answer.isUrlRefused()) {
      throw client.unavailable(provider(), answer);
    }
    throw new Undeliverable(provider() + " refused the request: " + answer);
  }

  private HttpPost signed(OutgoingMessage message) {
    byte[] body = JsonPost.bytes(WebhookBody.of(message));
    String id = message.idempotencyKey();
    long timestamp = clock.instant().getEpochSecond();
    HttpPost post = JsonPost.of(url, body);
    post.setHeader("webhook-id", id);
    post.setHeader("webhook-timestamp", Long.toString(timestamp));
    post.setHeader(
        "webhook-signature", signature.of(id, timestamp, new String(body, StandardCharsets.UTF_8)));
    return post;
  }

  private String provider() {
    return "Webhook at " + ProviderUrl.shown(url);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
