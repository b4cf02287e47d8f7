package io.eventagents.audit.log;

import io.eventagents.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a line of the log back. Unknown keys are left, so that later versions may add some. */
public final class LineReader {

  private static final byte[] NOTHING = {};

  private final byte[] line;
  private final JsonParser parser;

  private @Nullable Instant loggedAt;
  private @Nullable String topic;
  private @Nullable Uuid topicId;
  private int partition = -1;
  private long offset = -1;
  private long timestamp = -1;
  private @Nullable String key;
  private final List<LoggedHeader> headers = new ArrayList<>();
  private String headersJson = "[]";
  private byte @Nullable [] event;
  private byte @Nullable [] raw;
  private @Nullable String erasure;

  /** Whether the rest of the digest is read too. */
  private final boolean digested;

  private String salt = "";
  private String sha256 = "";
  private byte @Nullable [] bytes;

  private LineReader(byte[] line, JsonParser parser, boolean digested) {
    this.line = line;
    this.parser = parser;
    this.digested = digested;
  }

  /**
   * Reads a line.
   *
   * @throws MalformedLine if it is not a line of the log; the message says what was expected
   */
  public static LoggedRecord read(byte[] line) throws MalformedLine {
    return reader(line, false, false).record();
  }

  /**
   * Reads what a line says of its record beside the payload, which stands as empty bytes where it
   * has one: a line of any size costs no more than its head.
   *
   * @throws MalformedLine if it is not a line of the log; the message says what was expected
   */
  public static LoggedRecord readHead(byte[] line) throws MalformedLine {
    return reader(line, true, false).record();
  }

  /**
   * Reads a line with its payload as it came, and compares that with its digest.
   *
   * @throws MalformedLine if it is not a line of the log; the message says what was expected
   */
  public static DigestedRecord readDigested(byte[] line) throws MalformedLine {
    LineReader reader = reader(line, false, true);
    LoggedRecord record = reader.record();
    byte[] payload = reader.payload();
    return new DigestedRecord(record, payload, reader.digest(payload).equals(reader.sha256));
  }

  private static LineReader reader(byte[] line, boolean headOnly, boolean digested)
      throws MalformedLine {
    try (JsonParser parser = JsonText.parser(line)) {
      LineReader reader = new LineReader(line, parser, digested);
      reader.read(headOnly);
      return reader;
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new MalformedLine("a JSON object with the keys of a record", e);
    }
  }

  private byte @Nullable [] payload() {
    if (bytes != null) {
      return bytes;
    }
    LineParts parts = LineParts.of(line);
    if (parts == null || (event == null && raw == null)) {
      return null;
    }
    if (raw == null) {
      int from = parts.headEnd() + LineKeys.EVENT.length;
      return Arrays.copyOfRange(line, from, parts.payloadEnd());
    }
    // Base64 can have digits alone, which are another payload than the text of them.
    return line[parts.headEnd() + LineKeys.RAW.length] == '"' ? raw : null;
  }

  private String digest(byte @Nullable [] payload) {
    byte[] salted = salt.getBytes(StandardCharsets.UTF_8);
    return payload == null ? Sha256.hex(salted) : Sha256.hex(salted, payload);
  }

  private void read(boolean headOnly) throws MalformedLine {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedLine("a JSON object", null);
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (headOnly && isPayload(name)) {
        return;
      }
      readValue(name);
    }
    if (!headOnly && (!parser.hasToken(JsonToken.END_OBJECT) || parser.nextToken() != null)) {
      throw new MalformedLine("one JSON object", null);
    }
  }

  /** Whether the value is the payload, which then stands as empty bytes. */
  private boolean isPayload(String name) {
    if (name.equals("event")) {
      event = NOTHING;
      return true;
    }
    if (name.equals("raw") && !parser.hasToken(JsonToken.VALUE_NULL)) {
      raw = NOTHING;
      return true;
    }
    return false;
  }

  private LoggedRecord record() throws MalformedLine {
    if (loggedAt == null || topic == null || topicId == null || partition < 0 || offset < 0) {
      throw new MalformedLine("logged_at, topic, topic_id, partition and offset of a record", null);
    }
    return new LoggedRecord(
        loggedAt,
        new LogPartition(topic, topicId, partition),
        offset,
        timestamp,
        key,
        headers,
        headersJson,
        event,
        raw,
        erasure);
  }

  private void readValue(String name) {
    switch (name) {
      case "logged_at" -> loggedAt = Instant.parse(parser.getString());
      case "topic" -> topic = parser.getString();
      case "topic_id" -> topicId = Uuid.fromString(parser.getString());
      case "partition" -> partition = parser.getIntValue();
      case "offset" -> offset = parser.getLongValue();
      case "timestamp" -> timestamp = parser.getLongValue();
      case "key" -> key = text(true);
      case "headers" -> readHeaders();
      case "event" -> event = span();
      case "raw" -> readRaw();
      case "payload_digest" -> readDigest();
      default -> parser.skipChildren();
    }
  }

  /** An event that only halves of surrogate pairs keep from standing in the line is one still. */
  private void readRaw() {
    if (parser.hasToken(JsonToken.VALUE_NULL)) {
      return;
    }
    byte[] payload = decode(parser.getString());
    raw = payload;
    if (JsonText.mayBeObject(payload)) {
      PayloadText.Rendering text = new PayloadText().asEvent(payload);
      event =
          text == null
              ? null
              : Arrays.copyOfRange(text.bytes(), LineKeys.EVENT.length, text.bytes().length);
    }
  }

  private void readDigest() {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
      if (isText && name.equals("erased")) {
        erasure = parser.getString();
      } else if (isText && digested) {
        readDigestPart(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readDigestPart(String name, String value) {
    switch (name) {
      case "salt" -> salt = value;
      case "sha256" -> sha256 = value;
      case "bytes" -> bytes = decode(value);
      default -> {
        // What a later version says.
      }
    }
  }

  private void readHeaders() {
    int from = JsonText.tokenStart(parser);
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      parser.nextToken();
      String name = parser.getString();
      parser.nextToken();
      headers.add(new LoggedHeader(name, text(false)));
      parser.nextToken();
    }
    headersJson = ByteText.text(line, from, JsonText.valueEnd(parser));
  }

  /** A string, null, or bytes that are no text. */
  private @Nullable String text(boolean withBytes) {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      return parser.hasToken(JsonToken.VALUE_NULL) ? null : parser.getString();
    }
    parser.nextToken();
    String encoding = parser.currentName();
    parser.nextToken();
    String encoded = parser.getString();
    parser.nextToken();
    return withBytes ? encoding + ":" + encoded : null;
  }

  private byte[] span() {
    return Arrays.copyOfRange(line, JsonText.tokenStart(parser), JsonText.valueEnd(parser));
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
