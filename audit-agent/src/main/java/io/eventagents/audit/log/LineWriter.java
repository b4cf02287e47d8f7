package io.eventagents.audit.log;

import io.eventagents.ReceivedRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as a line of the log. The keys and their order are frozen; {@code
 * docs/audit-log.md} documents them. Not thread-safe.
 */
final class LineWriter {

  /** Always six digits of a second, so that lines sort as text. */
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Utf8 utf8 = new Utf8();
  private final PayloadDigest digest = new PayloadDigest();

  private Instant formatted = Instant.MIN;
  private String formattedText = "";

  void write(ReceivedRecord received, Instant loggedAt, LineBuffer line) {
    ConsumerRecord<byte[], byte[]> record = received.record();
    byte[] payload = record.value();
    line.ascii("{\"v\":1,\"logged_at\":\"").ascii(text(loggedAt));
    line.ascii("\",\"topic\":").string(record.topic());
    line.ascii(",\"topic_id\":").string(received.topicId().toString());
    line.ascii(",\"partition\":").number(record.partition());
    line.ascii(",\"offset\":").number(record.offset());
    line.ascii(",\"timestamp\":").number(record.timestamp());
    line.ascii(",\"key\":");
    bytes(record.key(), line);
    line.ascii(",\"headers\":");
    headers(record.headers(), line);
    boolean asItCame = payload(payload, line);
    line.ascii(",\"payload_digest\":{");
    digest.write(payload, line);
    if (!asItCame) {
      line.ascii(",\"bytes\":").base64(payload);
    }
    line.ascii("}}\n");
  }

  private void headers(Headers headers, LineBuffer line) {
    line.ascii('[');
    boolean first = true;
    for (Header header : headers) {
      line.ascii(first ? "[" : ",[").string(header.key()).ascii(',');
      bytes(header.value(), line);
      line.ascii(']');
      first = false;
    }
    line.ascii(']');
  }

  private void bytes(byte @Nullable [] bytes, LineBuffer line) {
    if (bytes == null) {
      line.ascii("null");
    } else if (utf8.isValid(bytes)) {
      line.string(bytes);
    } else {
      line.ascii("{\"base64\":").base64(bytes).ascii('}');
    }
  }

  /** Whether the line has the payload byte for byte. */
  private boolean payload(byte @Nullable [] payload, LineBuffer line) {
    if (payload == null) {
      line.ascii(",\"raw\":null");
      return true;
    }
    int start = startsWithByteOrderMark(payload) ? 3 : 0;
    if (!utf8.isValid(payload) || !JsonText.isObject(payload, start)) {
      line.ascii(",\"raw\":").base64(payload);
    } else if (start == 0 && isOneLine(payload)) {
      line.ascii(",\"event\":").verbatim(payload);
    } else {
      line.ascii(",\"event\":").compact(payload, start);
      return false;
    }
    return true;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static boolean isOneLine(byte[] json) {
    for (byte b : json) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    return true;
  }

  /** Lines of one batch have one time. */
  private String text(Instant loggedAt) {
    if (!loggedAt.equals(formatted)) {
      formattedText = MICROSECONDS.format(loggedAt);
      formatted = loggedAt;
    }
    return formattedText;
  }
}
