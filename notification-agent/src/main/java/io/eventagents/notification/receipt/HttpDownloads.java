package io.eventagents.notification.receipt;

import java.io.IOException;
import java.io.InputStream;
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

  private final HttpClient client;
  private final Duration timeout;

  HttpDownloads(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public byte[] get(URI address) throws IOException {
    try {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(address).timeout(timeout).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() == 403 || answer.statusCode() == 404) {
          throw new NoSuchFileException(address.toString());
        }
        if (answer.statusCode() != 200) {
          throw new IOException(
              "%s answered HTTP %d".formatted(address.getHost(), answer.statusCode()));
        }
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
          throw new IOException(
              "%s answered with more than %d bytes".formatted(address.getHost(), LARGEST));
        }
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Interrupted").initCause(e);
    }
  }
}
