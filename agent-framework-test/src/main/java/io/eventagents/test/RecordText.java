package io.eventagents.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.EventHeaders;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The text in the bytes of a record. */
final class RecordText {

  private RecordText() {}

  static @Nullable String header(Headers headers, String name) {
    return of(EventHeaders.value(headers, name));
  }

  static @Nullable String of(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
