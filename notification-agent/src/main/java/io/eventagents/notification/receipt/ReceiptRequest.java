package io.eventagents.notification.receipt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What a provider posted, byte for byte, as its signature covers it. */
record ReceiptRequest(HttpHeaders headers, byte[] body) {

  @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
