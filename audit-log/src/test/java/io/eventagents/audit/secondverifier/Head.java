package io.eventagents.audit.secondverifier;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of a line: from its brace up to the payload (section "A line").
 *
 * @param stated the note on a break, if it states one
 * @param end where the head ends: the place of {@code ,"event":} or {@code ,"raw":}
 */
record Head(
    Instant loggedAt,
    String topic,
    String topicId,
    int partition,
    long offset,
    Optional<String> stated,
    int end) {

  static final String BEGIN = "{\"v\":1,\"logged_at\":\"";
  static final int TIME_LENGTH = 27;

  /** 128 bits in 22 characters: the last one has two bits that count, and four that are zero. */
  private static final Pattern TOPIC_ID = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

  static Head read(byte[] line) throws FormException {
    Cursor cursor = new Cursor(line, 0, line.length);
    Instant loggedAt = readLoggedAt(cursor);
    cursor.expect(",\"topic\":");
    String topic = cursor.string();
    String topicId = readTopicId(cursor);
    cursor.expect(",\"partition\":");
    int partition = (int) cursor.number(Integer.MAX_VALUE);
    cursor.expect(",\"offset\":");
    long offset = cursor.number(Long.MAX_VALUE);
    cursor.expect(",\"timestamp\":");
    readTimestamp(cursor);
    cursor.expect(",\"key\":");
    readBytes(cursor);
    readHeaders(cursor);
    Optional<String> stated =
        cursor.take(",\"break\":") ? Optional.of(cursor.string()) : Optional.empty();
    if (!cursor.startsWith(LogLine.EVENT) && !cursor.startsWith(LogLine.RAW)) {
      throw new FormException(LogLine.EVENT + " or " + LogLine.RAW, cursor.at());
    }
    return new Head(loggedAt, topic, topicId, partition, offset, stated, cursor.at());
  }

  private static Instant readLoggedAt(Cursor cursor) throws FormException {
    cursor.expect(BEGIN);
    int from = cursor.at();
    String text = cursor.characters(TIME_LENGTH, "a time");
    cursor.expect("\"");
    return Times.ofLine(text)
        .orElseThrow(() -> new FormException("a time in UTC with six digits of a second", from));
  }

  private static String readTopicId(Cursor cursor) throws FormException {
    cursor.expect(",\"topic_id\":\"");
    int from = cursor.at();
    String text = cursor.characters(22, "an id of a topic");
    if (!TOPIC_ID.matcher(text).matches()) {
      throw new FormException("a UUID in 22 characters of Base64 with - and _", from);
    }
    cursor.expect("\"");
    return text;
  }

  private static void readTimestamp(Cursor cursor) throws FormException {
    int from = cursor.at();
    if (cursor.take("-9223372036854775808")) {
      return;
    }
    boolean negative = cursor.take("-");
    if (cursor.number(Long.MAX_VALUE) == 0 && negative) {
      throw new FormException("a decimal integer, without a sign if it is 0", from);
    }
  }

  private static void readHeaders(Cursor cursor) throws FormException {
    cursor.expect(",\"headers\":[");
    if (cursor.take("]")) {
      return;
    }
    do {
      cursor.expect("[");
      cursor.string();
      cursor.expect(",");
      readBytes(cursor);
      cursor.expect("]");
    } while (cursor.take(","));
    cursor.expect("]");
  }

  /** A key, or the value of a header: a string, or Base64 of what is no UTF-8, or null. */
  private static void readBytes(Cursor cursor) throws FormException {
    int from = cursor.at();
    if (cursor.take("null")) {
      return;
    }
    if (!cursor.take("{\"base64\":\"")) {
      cursor.string();
      return;
    }
    if (Utf8.isWellFormed(cursor.base64ToQuote())) {
      throw new FormException("a string, since the bytes are well-formed UTF-8", from);
    }
    cursor.expect("}");
  }
}
