package io.eventagents.notification.receipt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The bytes that a provider posted, as its signature covers them. */
final class ReceiptRequest {

  private final HttpHeaders headers;
  private final byte[] body;

  ReceiptRequest(HttpHeaders headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  HttpHeaders headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
