package io.eventagents.notification.push;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.eventagents.BoundedExchange;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;

/**
 * Makes the calls for tokens of the library for Google's accounts. All callers wait for the same
 * call, so it must end. It uses the proxy from the system properties. Thread-safe.
 */
final class TokenTransport extends HttpTransport {

  private static final int LARGEST = 64 * 1024;

  /** The client sets these itself. */
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final BoundedExchange exchange;

  TokenTransport(ChannelTimeouts timeouts) {
    this.exchange =
        new BoundedExchange(
            HttpClient.newBuilder()
                .connectTimeout(timeouts.connectTimeout())
                .proxy(ProxySelector.getDefault())
                .build(),
            timeouts.connectTimeout().plus(timeouts.readTimeout()),
            LARGEST);
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new Request(method, HttpRequest.newBuilder(URI.create(url)));
  }

  private final class Request extends LowLevelHttpRequest {

    private final String method;
    private final HttpRequest.Builder request;

    Request(String method, HttpRequest.Builder request) {
      this.method = method;
      this.request = request;
    }

    @Override
    public void addHeader(String name, String value) {
      if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
        request.header(name, value);
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      if (getStreamingContent() == null) {
        request.method(method, BodyPublishers.noBody());
      } else {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        getStreamingContent().writeTo(body);
        request.header("Content-Type", getContentType());
        if (getContentEncoding() != null) {
          request.header("Content-Encoding", getContentEncoding());
        }
        request.method(method, BodyPublishers.ofByteArray(body.toByteArray()));
      }
      try {
        return new TokenAnswer(exchange.send(request.build()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("Interrupted").initCause(e);
      }
    }
  }
}
