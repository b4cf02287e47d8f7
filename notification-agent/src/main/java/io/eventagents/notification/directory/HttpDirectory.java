package io.eventagents.notification.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.http.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;

/**
 * A foreign directory, asked over HTTP. It answers 200 with a {@linkplain RecipientDocument
 * recipient}, or 404. Answers are cached for a while. Thread-safe.
 */
final class HttpDirectory implements RecipientDirectory {

  private static final int LARGEST = 64 * 1024;

  /** The status codes of a server that cannot handle the id: bad, too long or not processable. */
  private static final Set<Integer> OF_THE_ID = Set.of(400, 414, 422);

  private final DirectoryProperties.Http settings;
  private final RestClient client;
  private final DefaultUriBuilderFactory urls;
  private final Cache<String, Optional<Recipient>> cache;
  private final Clock clock;

  HttpDirectory(DirectoryProperties.Http settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    // An id is one segment of the path, whatever characters it has.
    this.urls = new DefaultUriBuilderFactory();
    urls.setEncodingMode(DefaultUriBuilderFactory.EncodingMode.VALUES_ONLY);
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    requests.setReadTimeout(settings.readTimeout());
    this.client = RestClient.builder().requestFactory(requests).build();
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(settings.cacheSize())
            .ticker(ticker)
            // On the common pool, maintenance would wait for the entry that is being loaded. Its
            // response arrives on that pool too, so a pool of one thread, as on two processors,
            // would block until the time-out.
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<String, Optional<Recipient>>writing(
                    (id, recipient) ->
                        recipient.isPresent() ? settings.cacheTime() : settings.unknownCacheTime()))
            .build();
  }

  /**
   * {@inheritDoc}
   *
   * @throws DependencyUnavailable if the directory does not answer, or with neither 200 nor 404
   * @throws InvalidRecipient if its answer is not a recipient
   */
  @Override
  public Optional<Recipient> find(String ownerId) {
    // A server would resolve dots to another path.
    if (!OwnerId.isValid(ownerId) || ownerId.equals(".") || ownerId.equals("..")) {
      return Optional.empty();
    }
    return Objects.requireNonNull(cache.get(ownerId, this::ask));
  }

  private Optional<Recipient> ask(String ownerId) {
    URI url = urls.expand(settings.template(), Map.of("id", ownerId));
    RestClient.RequestHeadersSpec<?> request =
        client.get().uri(url).accept(MediaType.APPLICATION_JSON);
    if (!settings.token().isBlank()) {
      request.header(HttpHeaders.AUTHORIZATION, "Bearer " + settings.token());
    }
    try {
      return Objects.requireNonNull(request.exchange((sent, response) -> read(ownerId, response)));
    } catch (ResourceAccessException e) {
      throw new DependencyUnavailable(name(), e.getCause());
    }
  }

  private Optional<Recipient> read(String ownerId, ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    if (status == 404 || status == 410) {
      return Optional.empty();
    }
    if (OF_THE_ID.contains(status)) {
      // The server works, and will always refuse this id. Other owners must not wait for it.
      throw new InvalidRecipient("The directory refused the id: HTTP " + status);
    }
    if (status != 200) {
      throw new DependencyUnavailable(
          name(),
          RetryAfter.parse(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), clock),
          new IOException("HTTP " + status));
    }
    byte[] body = response.getBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw new InvalidRecipient("The directory's answer is larger than " + LARGEST + " bytes");
    }
    return Optional.of(RecipientDocument.tolerant(ownerId, body));
  }

  private String name() {
    URI url = URI.create(settings.template().replace("{id}", "id"));
    return "recipient directory at " + ProviderUrl.shown(url);
  }
}
