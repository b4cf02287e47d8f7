package io.eventagents.audit.verification;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.Utf8;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a line are. A line has one form only, byte for byte, and so is read by place
 * instead of as JSON; the payload is looked at elsewhere. One object reads line after line. Not
 * thread-safe.
 */
final class LineFields {

  /** What the payload stands as. */
  enum Payload {
    EVENT,
    RAW,
    NONE,
    ERASED
  }

  private static final byte[] START = ByteText.ascii("{\"v\":1,\"logged_at\":\"");
  private static final byte[] TOPIC = ByteText.ascii("\",\"topic\":\"");
  private static final byte[] TOPIC_ID = ByteText.ascii("\",\"topic_id\":\"");
  private static final byte[] PARTITION = ByteText.ascii("\",\"partition\":");
  private static final byte[] OFFSET = ByteText.ascii(",\"offset\":");
  private static final byte[] TIMESTAMP = ByteText.ascii(",\"timestamp\":");
  private static final byte[] BREAK = ByteText.ascii(",\"break\":");
  private static final byte[] EVENT = ByteText.ascii(",\"event\":");
  private static final byte[] RAW = ByteText.ascii(",\"raw\":");
  private static final byte[] NULL = ByteText.ascii("null");
  private static final byte[] DIGEST = ByteText.ascii(",\"payload_digest\":{");
  private static final byte[] SALT = ByteText.ascii("\"salt\":\"");
  private static final byte[] SHA256 = ByteText.ascii("\"sha256\":\"");
  private static final byte[] NEXT_SHA256 = ByteText.ascii("\",\"sha256\":\"");
  private static final byte[] BYTES = ByteText.ascii("\",\"bytes\":\"");
  private static final byte[] ERASED = ByteText.ascii("\",\"erased\":\"");
  private static final byte[] DIGEST_END = ByteText.ascii("\"}");
  private static final byte[] GAP = ByteText.ascii(",\"gap\":");
  private static final byte[] FROM = ByteText.ascii("{\"from\":");
  private static final byte[] TO = ByteText.ascii(",\"to\":");
  private static final byte[] BECAUSE = ByteText.ascii(",\"because\":\"");
  private static final byte[] CHAIN = ByteText.ascii(",\"chain\":\"");

  static final int SALT_LENGTH = 32;
  private static final byte[] TIME = ByteText.ascii("0000-00-00T00:00:00.000000Z");
  private static final int TOPIC_ID_LENGTH = 22;
  private static final int LONGEST_NUMBER = 19;

  /** Of the smallest number that there is, which has no positive counterpart. */
  private static final byte[] LEAST = ByteText.ascii("9223372036854775808");

  byte[] line = new byte[0];

  /** Where the time starts that it was logged at; it has a fixed length. */
  int loggedAt;

  int topic;
  int topicEnd;

  /** Topic, its id and partition, as they stand there. */
  int place;

  int placeEnd;
  int topicId;
  int topicIdEnd;
  int partition;
  long offset;

  /** What the line states beside its record, with its key; -1 if it states nothing. */
  int statement;

  int headEnd;
  Payload payload = Payload.NONE;

  /** The value of {@code event} or {@code raw}. */
  int value;

  int valueEnd;

  /** -1 where it is erased. */
  int salt;

  int digest;

  /** -1 where the payload stands in the line as it came. */
  int bytes;

  int bytesEnd;
  int erasure;
  int erasureEnd;
  int gap;
  int gapEnd;
  long gapFrom;
  long gapTo;
  @Nullable GapReason because;

  /** -1 where the line has none. */
  int chain;

  private final ForeignFields foreign = new ForeignFields();
  private final Utf8 utf8 = new Utf8();
  private int at;

  /** The last time, which the lines of a batch have in common. */
  private byte @Nullable [] known;

  /** Finds the parts of a line. */
  void read(byte[] text) throws MisfitLine {
    line = text;
    readHead();
    if (!utf8.isValid(text, 0, headEnd)) {
      throw new MisfitLine(0, "a head of well-formed UTF-8", "other bytes");
    }
    readTail();
    if (payload == Payload.RAW) {
      readRaw();
    } else if (payload == Payload.ERASED) {
      expectAt(value, NULL, "null where the payload is erased");
      if (valueEnd != value + NULL.length) {
        throw misfit(value, "null where the payload is erased");
      }
    }
  }

  /** What was logged when, as it stands in the line. */
  String loggedAt() {
    return ByteText.text(line, loggedAt, loggedAt + TIME.length);
  }

  private void readHead() throws MisfitLine {
    at = 0;
    skip(START, "{\"v\":1,\"logged_at\":\"");
    loggedAt = at;
    time();
    skip(TOPIC, "the key topic");
    topic = at;
    topicEnd = endOfString("the topic");
    place = topic;
    at = topicEnd;
    skip(TOPIC_ID, "the key topic_id");
    topicId = at;
    topicIdEnd = endOfString("the topic's id");
    if (!isTopicId()) {
      throw misfit(topicId, "an id of a topic, of 22 characters");
    }
    at = topicIdEnd;
    skip(PARTITION, "the key partition");
    partition = partition();
    placeEnd = at;
    skip(OFFSET, "the key offset");
    offset = number("the offset");
    skip(TIMESTAMP, "the key timestamp");
    timestamp();
    headEnd = foreign.end(line, at);
    statement = -1;
    if (ByteText.isAt(line, headEnd, line.length, BREAK)) {
      statement = headEnd;
      headEnd = foreign.stringEnd(line, headEnd + BREAK.length);
    }
    if (ByteText.isAt(line, headEnd, line.length, EVENT)) {
      payload = Payload.EVENT;
      value = headEnd + EVENT.length;
    } else if (ByteText.isAt(line, headEnd, line.length, RAW)) {
      payload = Payload.RAW;
      value = headEnd + RAW.length;
    } else {
      throw misfit(headEnd, "the key event or raw");
    }
  }

  /** 16 bytes in Base64 for URLs. */
  private boolean isTopicId() {
    if (topicIdEnd != topicId + TOPIC_ID_LENGTH) {
      return false;
    }
    for (int i = topicId; i < topicIdEnd; i++) {
      byte b = line[i];
      boolean isDigit =
          (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '_';
      if (!isDigit) {
        return false;
      }
    }
    byte last = line[topicIdEnd - 1];
    return last == 'A' || last == 'Q' || last == 'g' || last == 'w';
  }

  private int partition() throws MisfitLine {
    int start = at;
    long number = number("the partition");
    if (number > Integer.MAX_VALUE) {
      throw misfit(start, "the partition");
    }
    return (int) number;
  }

  /** The only number that may be negative, since a producer may send any. */
  private void timestamp() throws MisfitLine {
    int start = at;
    if (at < line.length && line[at] == '-') {
      at++;
      if (ByteText.isAt(line, at, line.length, LEAST)) {
        at += LEAST.length;
      } else if (number("the timestamp") == 0) {
        throw misfit(start, "the timestamp");
      }
    } else {
      number("the timestamp");
    }
  }

  /** {@code 2025-01-15T14:30:23.000120Z}. */
  private void time() throws MisfitLine {
    if (known == null || !ByteText.isAt(line, at, line.length, known)) {
      if (!isTime()) {
        throw misfit(at, "a time with six digits of a second, such as 2025-01-15T14:30:23.000120Z");
      }
      known = Arrays.copyOfRange(line, at, at + TIME.length);
    }
    at += TIME.length;
  }

  private boolean isTime() {
    for (int i = 0; i < TIME.length; i++) {
      byte b = at + i < line.length ? line[at + i] : 0;
      if (TIME[i] == '0' ? b < '0' || b > '9' : b != TIME[i]) {
        return false;
      }
    }
    try {
      LocalDateTime.parse(ByteText.text(line, at, at + TIME.length - 1));
      return true;
    } catch (DateTimeException noSuchTime) {
      return false;
    }
  }

  private void readTail() throws MisfitLine {
    valueEnd = ByteText.last(line, value, line.length, DIGEST);
    if (valueEnd < 0) {
      throw new MisfitLine(value, "the key payload_digest", "a line without");
    }
    at = valueEnd + DIGEST.length;
    bytes = -1;
    if (ByteText.isAt(line, at, line.length, SHA256)) {
      readErased();
    } else {
      skip(SALT, "the key salt of payload_digest");
      salt = at;
      hex(SALT_LENGTH, "a salt of 32 hexadecimal digits");
      skip(NEXT_SHA256, "the key sha256 of payload_digest");
      digest = at;
      hex(LineChain.LENGTH, "a digest of 64 hexadecimal digits");
      if (ByteText.isAt(line, at, line.length, BYTES)) {
        at += BYTES.length;
        bytes = at;
        bytesEnd = endOfString("the payload's bytes");
        at = bytesEnd;
      }
      skip(DIGEST_END, "the end of payload_digest");
    }
    readGap();
    readChain();
  }

  private void readErased() throws MisfitLine {
    if (payload != Payload.RAW) {
      throw misfit(at, "the key salt of payload_digest");
    }
    payload = Payload.ERASED;
    salt = -1;
    at += SHA256.length;
    digest = at;
    hex(LineChain.LENGTH, "a digest of 64 hexadecimal digits");
    skip(ERASED, "the key erased of payload_digest");
    erasure = at;
    erasureEnd = endOfString("the id of an erasure");
    for (int i = erasure; i < erasureEnd; i++) {
      if (line[i] < ' ' || line[i] == '\\') {
        throw misfit(erasure, "the id of an erasure, in ASCII");
      }
    }
    at = erasureEnd;
    skip(DIGEST_END, "the end of payload_digest");
    while (at < line.length && line[at] == ' ') {
      at++;
    }
  }

  private void readGap() throws MisfitLine {
    because = null;
    gap = at;
    gapEnd = at;
    if (!ByteText.isAt(line, at, line.length, GAP)) {
      return;
    }
    at += GAP.length;
    gap = at;
    skip(FROM, "a gap such as {\"from\":1,\"to\":2,\"because\":\"transactions\"}");
    gapFrom = number("where the gap starts");
    skip(TO, "the key to of the gap");
    gapTo = number("where the gap ends");
    skip(BECAUSE, "the key because of the gap");
    int reason = at;
    at = endOfString("the reason of the gap");
    because = GapReason.of(ByteText.text(line, reason, at)).orElse(null);
    if (because == null) {
      throw misfit(reason, "transactions, compaction, retention or unknown");
    }
    skip(DIGEST_END, "the end of the gap");
    gapEnd = at;
  }

  private void readChain() throws MisfitLine {
    chain = -1;
    if (ByteText.isAt(line, at, line.length, CHAIN)) {
      at += CHAIN.length;
      chain = at;
      hex(LineChain.LENGTH, "a chain of 64 hexadecimal digits");
      if (!ByteText.isAt(line, at, line.length, DIGEST_END) || line.length != at + 2) {
        throw misfit(at, "the end of the line after the chain");
      }
    } else if (at != line.length - 1 || line[at] != '}') {
      throw misfit(at, "the key chain");
    }
  }

  private void readRaw() throws MisfitLine {
    if (ByteText.isAt(line, value, valueEnd, NULL) && valueEnd == value + NULL.length) {
      payload = Payload.NONE;
    } else if (valueEnd - value < 2 || line[value] != '"' || line[valueEnd - 1] != '"') {
      throw misfit(value, "null or Base64 as raw");
    }
  }

  private long number(String what) throws MisfitLine {
    int start = at;
    long number = 0;
    while (at < line.length && line[at] >= '0' && line[at] <= '9' && at - start < LONGEST_NUMBER) {
      number = number * 10 + (line[at++] - '0');
    }
    if (at == start || number < 0 || (line[start] == '0' && at > start + 1)) {
      throw misfit(start, what);
    }
    return number;
  }

  private int endOfString(String what) throws MisfitLine {
    int end = ByteText.first(line, at, line.length, (byte) '"');
    if (end < 0) {
      throw misfit(at, what);
    }
    return end;
  }

  private void hex(int count, String expected) throws MisfitLine {
    if (line.length - at < count || !ByteText.isHex(line, at, count)) {
      throw misfit(at, expected);
    }
    at += count;
  }

  private void skip(byte[] text, String expected) throws MisfitLine {
    expectAt(at, text, expected);
    at += text.length;
  }

  private void expectAt(int place, byte[] text, String expected) throws MisfitLine {
    if (!ByteText.isAt(line, place, line.length, text)) {
      throw misfit(place, expected);
    }
  }

  private MisfitLine misfit(int place, String expected) {
    return new MisfitLine(place, expected, ByteText.excerpt(line, place));
  }
}
