package io.eventagents.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Limits how often the issuer is asked for its keys. A token with an unknown key causes a request,
 * since the key may be new, and anybody can invent names of keys. So the same answer is given again
 * for a few seconds. A new key is known that much later at most.
 *
 * <p>Nimbus can limit it too, by failing. But then tokens signed with a new key would be refused
 * because of others that invent names.
 *
 * <p>Thread-safe.
 */
final class RecentAnswers implements ClientHttpRequestInterceptor {

  /** How long an answer is given again. */
  static final Duration RECENT = Duration.ofSeconds(10);

  /** There are few addresses: all come from the settings or the issuer's own document. */
  private static final int ADDRESSES = 16;

  private static final int LONGEST = 1 << 20;

  private final LongSupplier nanos;
  private final Map<URI, Answer> answers = new ConcurrentHashMap<>();

  RecentAnswers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    if (!HttpMethod.GET.equals(request.getMethod())) {
      return execution.execute(request, body);
    }
    Answer known = answers.get(request.getURI());
    if (known != null && nanos.getAsLong() - known.at < RECENT.toNanos()) {
      return known;
    }
    Answer answer = ask(request, body, execution);
    if (answer.status.isSameCodeAs(HttpStatus.OK)) {
      if (answers.size() >= ADDRESSES) {
        answers.clear();
      }
      answers.put(request.getURI(), answer);
    }
    return answer;
  }

  private Answer ask(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    long asked = nanos.getAsLong();
    try (ClientHttpResponse response = execution.execute(request, body)) {
      InputStream in = response.getBody();
      byte[] content = in.readNBytes(LONGEST + 1);
      if (content.length > LONGEST) {
        throw new IOException(
            "%s answered more than %d bytes".formatted(request.getURI(), LONGEST));
      }
      return new Answer(
          asked,
          response.getStatusCode(),
          response.getStatusText(),
          HttpHeaders.readOnlyHttpHeaders(HttpHeaders.copyOf(response.getHeaders())),
          content);
    }
  }

  /** An answer that can be read many times, and when it was requested. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Answer(
      long at, HttpStatusCode status, @Nullable String text, HttpHeaders headers, byte[] content)
      implements ClientHttpResponse {

    @Override
    public HttpStatusCode getStatusCode() {
      return status;
    }

    @Override
    public String getStatusText() {
      return text == null ? "" : text;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(content);
    }

    @Override
    public void close() {}
  }
}
