package io.eventagents.audit.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a line are. A line has one form only, byte for byte, and so is read by place
 * instead of as JSON; the payload is looked at elsewhere. One object reads line after line. Not
 * thread-safe.
 */
public final class LineFields {

  /** What the payload stands as. */
  public enum Payload {
    /** JSON. */
    EVENT,
    /** Base64. */
    RAW,
    /** The record had none. */
    NONE,
    /** An erasure removed it. */
    ERASED
  }

  /** Characters of a salt. */
  public static final int SALT_LENGTH = 32;

  private static final byte[] TIME = ByteText.ascii("0000-00-00T00:00:00.000000Z");
  private static final int TOPIC_ID_LENGTH = 22;

  /** Of the smallest number that there is, which has no positive counterpart. */
  private static final byte[] LEAST = ByteText.ascii("9223372036854775808");

  /** The line itself. */
  public byte[] line = {};

  /** Where the topic starts, and with it the partition's place, as they stand there. */
  public int topic;

  public int topicEnd;
  public int topicId;
  public int topicIdEnd;
  public int partition;
  public int placeEnd;
  public long offset;

  /** What the line states beside its record, with its key; -1 if it states nothing. */
  public int statement;

  public int headEnd;
  public Payload payload = Payload.NONE;

  /** The value of {@code event} or {@code raw}. */
  public int value;

  public int valueEnd;

  /** -1 where it is erased. */
  public int salt;

  public int digest;

  /** -1 where the payload stands in the line as it came. */
  public int bytes;

  public int bytesEnd;
  public int erasure;
  public int erasureEnd;
  public int gap;
  public int gapEnd;
  public long gapFrom;
  public long gapTo;
  public @Nullable GapReason because;

  /** -1 where the line has none. */
  public int chain;

  private final LineCursor cursor = new LineCursor();
  private final ForeignFields foreign = new ForeignFields(cursor);
  private final Utf8 utf8 = new Utf8();

  /** The last time, which the lines of a batch have in common. */
  private byte @Nullable [] known;

  /**
   * Finds the parts of a line.
   *
   * @throws MalformedLine if they are not where they belong; it tells the first that is not
   */
  public void read(byte[] text) throws MalformedLine {
    line = text;
    readHead();
    if (!utf8.isValid(text, 0, headEnd)) {
      throw new MalformedLine(0, "a head of well-formed UTF-8", "other bytes");
    }
    readTail();
    if (payload == Payload.RAW) {
      readRaw();
    } else if (payload == Payload.ERASED && !isNull()) {
      throw cursor.misfit(value, "null where the payload is erased");
    }
  }

  /** When a line that was read here was logged, as it stands there. */
  public static String loggedAt(byte[] line) {
    int at = LineKeys.START.length;
    return ByteText.text(line, at, at + TIME.length);
  }

  /** Whether the line was logged after that. */
  public boolean isLoggedAfter(Instant time) {
    return Instant.parse(loggedAt(line)).isAfter(time);
  }

  private void readHead() throws MalformedLine {
    cursor.line = line;
    cursor.at = 0;
    cursor.skip(LineKeys.START, "{\"v\":1,\"logged_at\":\"");
    time(cursor.at);
    cursor.skip(LineKeys.TOPIC, "the key topic");
    topic = cursor.string("the topic");
    topicEnd = cursor.at;
    cursor.skip(LineKeys.TOPIC_ID, "the key topic_id");
    topicId = cursor.string("the topic's id");
    topicIdEnd = cursor.at;
    if (!isTopicId()) {
      throw cursor.misfit(topicId, "an id of a topic, of 22 characters");
    }
    cursor.skip(LineKeys.PARTITION, "the key partition");
    partition = partition();
    placeEnd = cursor.at;
    cursor.skip(LineKeys.OFFSET, "the key offset");
    offset = cursor.number("the offset");
    cursor.skip(LineKeys.TIMESTAMP, "the key timestamp");
    timestamp();
    foreign.skip();
    headEnd = cursor.at;
    statement = -1;
    if (cursor.take(LineKeys.BREAK)) {
      statement = headEnd;
      foreign.string();
      headEnd = cursor.at;
    }
    if (cursor.take(LineKeys.EVENT)) {
      payload = Payload.EVENT;
    } else {
      cursor.skip(LineKeys.RAW, "the key event or raw");
      payload = Payload.RAW;
    }
    value = cursor.at;
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

  private int partition() throws MalformedLine {
    int start = cursor.at;
    long number = cursor.number("the partition");
    if (number > Integer.MAX_VALUE) {
      throw cursor.misfit(start, "the partition");
    }
    return (int) number;
  }

  /** The only number that may be negative, since a producer may send any. */
  private void timestamp() throws MalformedLine {
    int start = cursor.at;
    boolean negative = cursor.has('-');
    cursor.at += negative ? 1 : 0;
    if (negative && cursor.take(LEAST)) {
      return;
    }
    if (cursor.number("the timestamp") == 0 && negative) {
      throw cursor.misfit(start, "the timestamp");
    }
  }

  /** {@code 2025-01-15T14:30:23.000120Z}. */
  private void time(int at) throws MalformedLine {
    if (known == null || !ByteText.isAt(line, at, line.length, known)) {
      if (!isTime(at)) {
        throw cursor.misfit(
            at, "a time with six digits of a second, such as 2025-01-15T14:30:23.000120Z");
      }
      known = Arrays.copyOfRange(line, at, at + TIME.length);
    }
    cursor.at += TIME.length;
  }

  private boolean isTime(int at) {
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

  private void readTail() throws MalformedLine {
    valueEnd = ByteText.last(line, value, line.length, LineKeys.PAYLOAD_DIGEST);
    if (valueEnd < 0) {
      throw new MalformedLine(value, "the key payload_digest", "a line without");
    }
    cursor.at = valueEnd + LineKeys.PAYLOAD_DIGEST.length;
    bytes = -1;
    int start = cursor.at;
    if (cursor.take(LineKeys.SHA256)) {
      readErased(start);
    } else {
      cursor.skip(LineKeys.SALT, "the key salt of payload_digest");
      salt = cursor.hex(SALT_LENGTH, "a salt of 32 hexadecimal digits");
      cursor.skip(LineKeys.NEXT_SHA256, "the key sha256 of payload_digest");
      digest = cursor.hex(LineChain.LENGTH, "a digest of 64 hexadecimal digits");
      if (cursor.take(LineKeys.BYTES)) {
        bytes = cursor.string("the payload's bytes");
        bytesEnd = cursor.at;
      }
      cursor.skip(LineKeys.END, "the end of payload_digest");
    }
    readGap();
    readChain();
  }

  private void readErased(int start) throws MalformedLine {
    if (payload != Payload.RAW) {
      throw cursor.misfit(start, "the key salt of payload_digest");
    }
    payload = Payload.ERASED;
    salt = -1;
    digest = cursor.hex(LineChain.LENGTH, "a digest of 64 hexadecimal digits");
    cursor.skip(LineKeys.ERASED, "the key erased of payload_digest");
    erasure = cursor.string("the id of an erasure");
    erasureEnd = cursor.at;
    for (int i = erasure; i < erasureEnd; i++) {
      if (line[i] < ' ' || line[i] == '\\') {
        throw cursor.misfit(erasure, "the id of an erasure, in ASCII");
      }
    }
    cursor.skip(LineKeys.END, "the end of payload_digest");
    while (cursor.has(' ')) {
      cursor.at++;
    }
  }

  private void readGap() throws MalformedLine {
    because = null;
    gap = cursor.at;
    if (cursor.take(LineKeys.GAP)) {
      gap = cursor.at;
      cursor.skip(
          LineKeys.FROM, "a gap such as {\"from\":1,\"to\":2,\"because\":\"transactions\"}");
      gapFrom = cursor.number("where the gap starts");
      cursor.skip(LineKeys.TO, "the key to of the gap");
      gapTo = cursor.number("where the gap ends");
      cursor.skip(LineKeys.BECAUSE, "the key because of the gap");
      int reason = cursor.string("the reason of the gap");
      because = GapReason.of(ByteText.text(line, reason, cursor.at)).orElse(null);
      if (because == null) {
        throw cursor.misfit(reason, "transactions, compaction, retention or unknown");
      }
      cursor.skip(LineKeys.END, "the end of the gap");
    }
    gapEnd = cursor.at;
  }

  private void readChain() throws MalformedLine {
    chain = -1;
    int at = cursor.at;
    if (cursor.take(LineKeys.CHAIN)) {
      chain = cursor.hex(LineChain.LENGTH, "a chain of 64 hexadecimal digits");
      at = cursor.at;
      if (!cursor.take(LineKeys.END) || cursor.at != line.length) {
        throw cursor.misfit(at, "the end of the line after the chain");
      }
    } else if (at != line.length - 1 || line[at] != '}') {
      throw cursor.misfit(at, "the key chain");
    }
  }

  private void readRaw() throws MalformedLine {
    if (isNull()) {
      payload = Payload.NONE;
    } else if (valueEnd - value < 2 || line[value] != '"' || line[valueEnd - 1] != '"') {
      throw cursor.misfit(value, "null or Base64 as raw");
    }
  }

  private boolean isNull() {
    return valueEnd == value + LineKeys.NULL.length
        && ByteText.isAt(line, value, valueEnd, LineKeys.NULL);
  }
}
