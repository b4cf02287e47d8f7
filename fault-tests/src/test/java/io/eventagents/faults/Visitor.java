package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * A client over HTTP.
 *
 * @param address the address that it connects from
 * @param authorization the value of the {@code Authorization} header
 */
record Visitor(String address, String authorization) {

  /** A client with a user name and a password. */
  static Visitor of(String address, String user, String password) {
    return new Visitor(address, basic(user, password));
  }

  static String basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** Sends a request over a new connection. */
  @SuppressWarnings("AddressSelection") // a literal address is only one
  HttpResponse<String> get(int port, String path) {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName(address))
            .build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + Loopback.HOST + ":" + port + path))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", authorization)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("No answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
