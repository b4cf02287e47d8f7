package io.eventagents.notification;

import io.eventagents.DependencyUnavailable;
import io.eventagents.RejectedEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * An incoming webhook. Thread-safe.
 *
 * <p>Its URL is a secret: who has it can post. Neither messages nor health show more than the host,
 * and the client takes part in no observation, which would record it.
 */
final class SlackWebhook {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_ANSWER = 1_024;

  private final URI url;
  private final RestClient client;
  private final Clock clock;

  SlackWebhook(URI url, Duration connectTimeout, Duration readTimeout, Clock clock) {
    this.url = url;
    this.clock = clock;
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    requests.setReadTimeout(readTimeout);
    this.client = RestClient.builder().requestFactory(requests).build();
  }

  /** The webhook as an operator may see it: without the secret in its path. */
  String name() {
    return "Slack webhook at " + url.getHost() + (url.getPort() > 0 ? ":" + url.getPort() : "");
  }

  /**
   * Posts the text.
   *
   * @param key the same whenever the post is repeated
   * @throws DependencyUnavailable where nobody answers, or the answer is a redirect, 408, 429 or
   *     5xx: no post would get through
   * @throws RejectedEvent where the answer is any other 4xx
   */
  void post(String channel, String text, String key) {
    try {
      client
          .post()
          .uri(url)
          .contentType(MediaType.APPLICATION_JSON)
          .header("Idempotency-Key", key)
          .body(JSON.writeValueAsBytes(Map.of("channel", channel, "text", text)))
          .exchange(
              (request, response) -> {
                check(response);
                return true;
              });
    } catch (ResourceAccessException e) {
      // Its own message holds the URL.
      throw new DependencyUnavailable(name(), e.getCause());
    }
  }

  private void check(ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    String answer =
        "HTTP %d %s"
            .formatted(
                status,
                OneLine.of(
                    new String(
                        response.getBody().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8),
                    500));
    if (status / 100 == 2) {
      return;
    }
    if (status / 100 == 4
        && status != HttpStatus.REQUEST_TIMEOUT.value()
        && status != HttpStatus.TOO_MANY_REQUESTS.value()) {
      throw new RejectedEvent(name() + " refused the post: " + answer);
    }
    throw new DependencyUnavailable(
        name(),
        RetryAfter.parse(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), clock),
        new IOException(answer));
  }
}
