package io.eventagents.local.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer as it was received.
 *
 * @param status the status; 0 if the server closed the connection without an answer
 * @param headers the headers by their names in lower case
 * @param body the body as text, one character per byte
 */
public record RawAnswer(int status, Map<String, String> headers, String body) {

  static RawAnswer read(InputStream input, boolean head) throws IOException {
    String line = line(input);
    if (line.isEmpty()) {
      return new RawAnswer(0, Map.of(), "");
    }
    if (!line.startsWith("HTTP/1.1 ")) {
      String rest = new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
      return new RawAnswer(0, Map.of(), line + rest); // as in HTTP/0.9: a body and no head
    }
    int status = Integer.parseInt(line.substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    for (String field = line(input); !field.isEmpty(); field = line(input)) {
      int colon = field.indexOf(':');
      headers.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    if (status < 200) {
      return read(input, head);
    }
    boolean none = head || status == 204 || status == 304;
    return new RawAnswer(status, headers, none ? "" : body(input, headers));
  }

  /** The media type of the body. */
  public String type() {
    return headers.getOrDefault("content-type", "");
  }

  boolean closes() {
    return status == 0
        || "close".equalsIgnoreCase(headers.get("connection"))
        || !(headers.containsKey("content-length")
            || headers.containsKey("transfer-encoding")
            || status == 204
            || status == 304);
  }

  private static String body(InputStream input, Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String length = headers.get("content-length");
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      for (int size = size(input); size > 0; size = size(input)) {
        body.write(exactly(input, size));
        line(input);
      }
      line(input);
    } else if (length != null) {
      body.write(exactly(input, Integer.parseInt(length)));
    } else {
      body.write(input.readAllBytes());
    }
    return body.toString(StandardCharsets.ISO_8859_1);
  }

  private static int size(InputStream input) throws IOException {
    return Integer.parseInt(line(input), 16);
  }

  private static byte[] exactly(InputStream input, int count) throws IOException {
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("The answer ends after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
