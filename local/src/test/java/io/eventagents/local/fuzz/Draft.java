package io.eventagents.local.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request under construction. Its text stands for bytes, one character each. */
final class Draft {

  String method;
  String path;
  String version = "HTTP/1.1";
  String body = "";
  boolean chunked;
  boolean last;
  final List<String> query = new ArrayList<>();
  final List<String> headers = new ArrayList<>();

  Draft(String method, String path) {
    this.method = method;
    this.path = path;
    headers.add("Host: localhost");
  }

  void header(String name, String value) {
    headers.add(name + ": " + value);
  }

  void without(String name) {
    headers.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  boolean has(String name) {
    return headers.stream()
        .anyMatch(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  RawRequest request() {
    StringBuilder text = new StringBuilder(method).append(' ').append(path);
    if (!query.isEmpty()) {
      text.append('?').append(String.join("&", query));
    }
    text.append(' ').append(version).append("\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    boolean framed = has("Content-Length") || has("Transfer-Encoding");
    boolean bare = body.isEmpty() && (method.equals("GET") || method.equals("HEAD"));
    if (chunked && !framed) {
      text.append("Transfer-Encoding: chunked\r\n\r\n");
      int half = body.length() / 2;
      chunk(body.substring(0, half), text);
      chunk(body.substring(half), text);
      text.append("0\r\n\r\n");
    } else {
      if (!framed && !bare) {
        text.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      text.append("\r\n").append(body);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    return new RawRequest(bytes.toByteArray(), method.equals("HEAD"), last || framed);
  }

  private static void chunk(String part, StringBuilder text) {
    if (!part.isEmpty()) {
      text.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
  }
}
