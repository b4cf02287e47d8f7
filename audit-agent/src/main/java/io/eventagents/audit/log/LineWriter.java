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
  private final PayloadText text = new PayloadText();
  private final PayloadDigest digest = new PayloadDigest();

  private Instant formatted = Instant.MIN;
  private String formattedText = "";

  /**
   * @param gap the offsets before the record that were never delivered; null where none are missing
   * @param chain is at the line before, and then at this one
   */
  void write(
      ReceivedRecord received,
      Instant loggedAt,
      @Nullable Gap gap,
      GapReason because,
      LineChain chain,
      LineBuffer line) {
    int start = line.length();
    ConsumerRecord<byte[], byte[]> record = received.record();
    byte[] payload = record.value();
    line.ascii("{\"v\":1,\"logged_at\":\"").ascii(formatted(loggedAt));
    line.ascii("\",\"topic\":").string(record.topic());
    line.ascii(",\"topic_id\":").string(received.topicId().toString());
    line.ascii(",\"partition\":").number(record.partition());
    line.ascii(",\"offset\":").number(record.offset());
    line.ascii(",\"timestamp\":").number(record.timestamp());
    line.ascii(",\"key\":");
    bytes(record.key(), line);
    line.ascii(",\"headers\":");
    headers(record.headers(), line);
    int headEnd = line.length();
    boolean asItCame = text.write(payload, line);
    line.ascii(",\"payload_digest\":{");
    int digestStart = digest.write(payload, line);
    if (!asItCame) {
      line.ascii(",\"bytes\":").base64(payload);
    }
    line.ascii('}');
    int gapStart = line.length();
    if (gap != null) {
      line.ascii(",\"gap\":");
      gapStart = line.length();
      gap(gap, because, line);
    }
    int gapEnd = line.length();
    line.ascii(",\"chain\":\"").chain(chain, start, headEnd, digestStart, gapStart, gapEnd);
    line.ascii("\"}\n");
  }

  private static void gap(Gap gap, GapReason because, LineBuffer line) {
    line.ascii("{\"from\":").number(gap.from()).ascii(",\"to\":").number(gap.to());
    line.ascii(",\"because\":\"").ascii(because.text()).ascii("\"}");
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

  /** Lines of one batch have one time. */
  private String formatted(Instant loggedAt) {
    if (!loggedAt.equals(formatted)) {
      formattedText = MICROSECONDS.format(loggedAt);
      formatted = loggedAt;
    }
    return formattedText;
  }
}
