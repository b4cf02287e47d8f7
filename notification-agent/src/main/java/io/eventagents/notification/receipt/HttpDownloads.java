package io.eventagents.notification.receipt;

import io.eventagents.BoundedExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/** Downloads over HTTP, without following redirects. Thread-safe. */
final class HttpDownloads implements AmazonDownloads {

  private static final int LARGEST = 64 * 1024;

  private final BoundedExchange exchange;

  /**
   * @param within how long a download may take, from connecting to its last byte
   */
  HttpDownloads(Duration within) {
    this.exchange =
        new BoundedExchange(
            HttpClient.newBuilder()
                .connectTimeout(within)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build(),
            within,
            LARGEST + 1);
  }

  @Override
  public byte[] get(URI address) throws IOException {
    HttpResponse<byte[]> answer;
    try {
      answer = exchange.send(HttpRequest.newBuilder(address).build());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Interrupted").initCause(e);
    }
    if (answer.statusCode() == 403 || answer.statusCode() == 404) {
      throw new NoSuchFileException(address.toString());
    }
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s answered HTTP %d".formatted(address.getHost(), answer.statusCode()));
    }
    if (answer.body().length > LARGEST) {
      throw new IOException(
          "%s answered with more than %d bytes".formatted(address.getHost(), LARGEST));
    }
    return answer.body();
  }
}
