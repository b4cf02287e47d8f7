package io.eventagents.notification.http;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Calls a provider over HTTP. Thread-safe.
 *
 * <p>Connections are reused. Redirects are not followed. Calls are not repeated, as the agent does
 * that. URLs are secrets here: neither messages nor health show them, and the client is not
 * observed, as observations would record them.
 */
public final class ProviderClient implements AutoCloseable {

  private static final int CONNECTIONS = 64;
  private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

  /** Slack repeats the whole post in its response, and half of a response cannot be read. */
  private static final int LONGEST_ANSWER = 1_048_576;

  private final CloseableHttpClient client;
  private final Duration limit;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor deadlines;

  private ProviderClient(
      Consumer<HttpClientBuilder> routes,
      HttpClientSettings settings,
      ChannelTimeouts timeouts,
      Clock clock) {
    this.client =
        new HttpComponentsHttpClientBuilder()
            .withConnectionManagerCustomizer(
                manager -> manager.setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS))
            .withCustomizer(
                http -> {
                  http.disableAutomaticRetries()
                      .disableAuthCaching()
                      .evictIdleConnections(LONGEST_IDLE);
                  routes.accept(http);
                })
            .build(settings);
    this.limit = timeouts.connectTimeout().plus(timeouts.readTimeout());
    this.clock = clock;
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("provider-deadlines").factory());
    this.deadlines.setRemoveOnCancelPolicy(true);
  }

  /** A client for URLs that an operator set. It uses the proxy from the system properties. */
  public static ProviderClient of(ChannelTimeouts timeouts, Clock clock) {
    return new ProviderClient(http -> {}, settings(timeouts), timeouts, clock);
  }

  /**
   * A client for URLs that others may have written. It connects to public addresses only, and to
   * the address that was checked, so that a second lookup cannot lead elsewhere. It uses no proxy,
   * as a proxy would look up names itself.
   */
  public static ProviderClient toPublicAddresses(ChannelTimeouts timeouts, Clock clock) {
    return toAddresses(InetAddressFilter.externalAddresses(), timeouts, clock);
  }

  static ProviderClient toAddresses(
      InetAddressFilter targets, ChannelTimeouts timeouts, Clock clock) {
    return new ProviderClient(
        http -> http.setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE)),
        settings(timeouts).withInetAddressFilter(targets),
        timeouts,
        clock);
  }

  private static HttpClientSettings settings(ChannelTimeouts timeouts) {
    return HttpClientSettings.defaults()
        .withTimeouts(timeouts.connectTimeout(), timeouts.readTimeout())
        .withCookieHandling(HttpCookieHandling.DISABLE)
        .withRedirects(HttpRedirects.DONT_FOLLOW);
  }

  /**
   * Makes the call.
   *
   * @param provider its name for operators, without secrets
   * @return any response but 408, 429 and 5xx
   * @throws DependencyUnavailable if there is no response in time, or one of these; no call would
   *     get through
   * @throws org.springframework.boot.http.client.FilteredHostException if the address is not
   *     allowed
   */
  public Answer call(String provider, HttpUriRequestBase request) {
    Answer answer = exchange(provider, request);
    if (answer.isUnavailable()) {
      throw unavailable(provider, answer);
    }
    return answer;
  }

  /**
   * The failure to throw if the provider accepts no calls now.
   *
   * @param provider its name for operators, without secrets
   */
  public DependencyUnavailable unavailable(String provider, Answer answer) {
    return new DependencyUnavailable(
        provider,
        RetryAfter.parse(answer.header("retry-after"), clock),
        new IOException(answer.toString()));
  }

  private Answer exchange(String provider, HttpUriRequestBase request) {
    // The client's own limit is per read, which a server that sends a byte now and then keeps.
    ScheduledFuture<?> deadline =
        deadlines.schedule(request::cancel, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, ProviderClient::read);
    } catch (IOException e) {
      throw new DependencyUnavailable(
          provider,
          request.isCancelled() ? new IOException("no whole answer within " + limit, e) : e);
    } finally {
      deadline.cancel(false);
    }
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    HttpEntity entity = response.getEntity();
    try (InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
      return new Answer(
          response.getCode(),
          headers,
          new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    deadlines.shutdownNow();
    client.close();
  }
}
