package io.eventagents.notification.push;

import com.zerodeplibs.webpush.PushSubscription;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.httpclient.ApacheHttpClientRequestPreparer;
import io.eventagents.notification.channel.Channel;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.directory.WebPushSubscription;
import io.eventagents.notification.http.Answer;
import io.eventagents.notification.http.JsonPost;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.FilteredHostException;

/**
 * Web Push (RFC 8030), encrypted for the browser (RFC 8291). Reaches every browser of the
 * recipient. Topic and tag are made from the idempotency key, so that push services and browsers
 * replace a repeated push.
 */
final class WebPushChannel implements Channel, AutoCloseable {

  /**
   * What fits into the 4,096 bytes that push services accept, once encrypted (RFC 8291, section 4).
   */
  private static final int LARGEST = 3_993;

  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private final VAPIDKeyPair keys;
  private final String subject;
  private final PushServices services;
  private final Duration timeToLive;
  private final ProviderClient client;
  private final Clock clock;
  private final Deliveries<WebPushSubscription> deliveries = new Deliveries<>();

  WebPushChannel(
      VAPIDKeyPair keys,
      String subject,
      PushServices services,
      Duration timeToLive,
      ProviderClient client,
      Clock clock) {
    this.keys = keys;
    this.subject = subject;
    this.services = services;
    this.timeToLive = timeToLive;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "web-push";
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return recipient.webPush().isEmpty() ? Optional.empty() : Optional.of(recipient.id());
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    byte[] content =
        JsonPost.bytes(
            Map.of(
                "title", message.content().subject(),
                "body", message.content().text(),
                "tag", message.idempotencyKey(),
                "event_type", message.cause().eventType()));
    if (content.length > LARGEST) {
      throw new Undeliverable(
          "The push has %d bytes, and push services take %d".formatted(content.length, LARGEST));
    }
    return deliveries.toEach(
        message,
        message.recipient().webPush(),
        browser -> send(browser, content, message.idempotencyKey()));
  }

  private String send(WebPushSubscription browser, byte[] content, String key) {
    URI endpoint = endpoint(browser);
    HttpPost request = encrypted(browser, content, key);
    Answer answer;
    try {
      answer = client.call(provider(endpoint), request);
    } catch (FilteredHostException e) {
      throw new Undeliverable(provider(endpoint) + " has a private address", e);
    }
    if (answer.isSuccess()) {
      return id(answer.header("location"), key);
    }
    switch (answer.status()) {
      case 404, 410 ->
          throw Undeliverable.gone(browser.endpoint(), "the browser is no longer subscribed");
      // The token that identifies us. This affects every push to this service.
      case 401 -> throw client.unavailable(provider(endpoint), answer);
      default -> throw new Undeliverable(provider(endpoint) + " refused the push: " + answer);
    }
  }

  private URI endpoint(WebPushSubscription browser) {
    URI endpoint;
    try {
      endpoint = URI.create(browser.endpoint());
    } catch (IllegalArgumentException malformed) {
      throw new Undeliverable("the subscription's endpoint is no URL");
    }
    if (!services.include(endpoint)) {
      throw new Undeliverable(
          "the subscription's host %s is none of notification.web-push.services"
              .formatted(endpoint.getHost()));
    }
    return endpoint;
  }

  private HttpPost encrypted(WebPushSubscription browser, byte[] content, String key) {
    PushSubscription.Keys browserKeys = new PushSubscription.Keys();
    browserKeys.setP256dh(browser.p256dh());
    browserKeys.setAuth(browser.auth());
    PushSubscription subscription = new PushSubscription();
    subscription.setEndpoint(browser.endpoint());
    subscription.setKeys(browserKeys);
    try {
      return ApacheHttpClientRequestPreparer.getBuilder()
          .pushSubscription(subscription)
          .vapidJWTExpirationTime(clock.instant().plus(TOKEN_LIFE))
          .vapidJWTSubject(subject)
          .pushMessage(content)
          .ttl(timeToLive.toSeconds(), TimeUnit.SECONDS)
          .urgencyNormal()
          // At most 32 characters of base64url.
          .topic(key.replace("-", ""))
          .build(keys)
          .toHttpPost();
    } catch (RuntimeException malformed) {
      throw new Undeliverable("the subscription's keys cannot be used", malformed);
    }
  }

  /** The last part of the URL of the push. The URL itself would let a reader delete the push. */
  private static String id(@Nullable String location, String key) {
    return location == null ? key : location.substring(location.lastIndexOf('/') + 1);
  }

  private static String provider(URI endpoint) {
    return "Push service at " + ProviderUrl.shown(endpoint);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
