package io.eventagents.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Record headers as one value of the table, with their order, repetitions and bytes: per header the
 * length of the name, the name in UTF-8, the length of the value (-1 is null) and the value.
 */
public final class HeaderBytes {

  private static final int NULL = -1;

  private HeaderBytes() {}

  /** The headers as bytes. */
  public static byte[] write(Headers headers) {
    int size = 0;
    for (Header header : headers) {
      byte[] value = header.value();
      size += 8 + utf8(header.key()).length + (value == null ? 0 : value.length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (Header header : headers) {
      byte[] name = utf8(header.key());
      bytes.putInt(name.length).put(name);
      byte[] value = header.value();
      if (value == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(value.length).put(value);
      }
    }
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException if the bytes were not written by {@link #write}
   */
  public static Headers read(byte[] stored) {
    RecordHeaders headers = new RecordHeaders();
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    while (bytes.hasRemaining()) {
      byte[] name = part(bytes);
      if (name == null) {
        throw new IllegalArgumentException("A stored header has no name");
      }
      headers.add(new String(name, StandardCharsets.UTF_8), part(bytes));
    }
    return headers;
  }

  private static byte @Nullable [] part(ByteBuffer bytes) {
    if (bytes.remaining() < Integer.BYTES) {
      throw new IllegalArgumentException("The stored headers end in the middle of a length");
    }
    int length = bytes.getInt();
    if (length == NULL) {
      return null;
    }
    if (length < 0 || length > bytes.remaining()) {
      throw new IllegalArgumentException(
          "A stored header claims " + length + " bytes, " + bytes.remaining() + " are left");
    }
    byte[] part = new byte[length];
    bytes.get(part);
    return part;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
