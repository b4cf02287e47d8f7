package io.eventagents.audit.log;

import io.eventagents.ReceivedRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Writes a record as a line of the log. Not thread-safe. */
final class LineWriter {

  /** Where the hash of a line stands behind its gap, or behind where a gap would end. */
  static final int CHAIN_AT = LineKeys.CHAIN.length;

  private final Utf8 utf8 = new Utf8();
  private final PayloadText text = new PayloadText();
  private final PayloadDigest digest = new PayloadDigest();
  private final HeaderNames headerNames = new HeaderNames();

  private @Nullable LineStart start;

  /**
   * Writes all of the line but its hash.
   *
   * @param gap the offsets before the record that were never delivered; null if none are missing
   * @param statement what it states beside the record, as {@link LineStatement} has it; null for
   *     nothing
   */
  void write(
      ReceivedRecord received,
      Instant loggedAt,
      @Nullable Gap gap,
      GapReason because,
      byte @Nullable [] statement,
      LineBlock block) {
    LineBuffer line = block.lines();
    int begin = line.length();
    ConsumerRecord<byte[], byte[]> record = received.record();
    byte[] payload = record.value();
    line.verbatim(start(record, received.topicId(), loggedAt)).number(record.offset());
    line.verbatim(LineKeys.TIMESTAMP).number(record.timestamp()).verbatim(LineKeys.KEY);
    bytes(record.key(), line);
    headers(record.headers(), line.verbatim(LineKeys.HEADERS));
    if (statement != null) {
      line.verbatim(statement);
    }
    int headEnd = line.length();
    boolean asItCame = text.write(payload, line);
    int digestStart = digest.write(payload, line.verbatim(LineKeys.PAYLOAD_DIGEST));
    if (!asItCame) {
      line.verbatim(LineKeys.BYTES).base64(payload);
    }
    int gapStart = line.verbatim(LineKeys.END).length();
    if (gap != null) {
      gapStart = line.verbatim(LineKeys.GAP).length();
      gap(gap, because, line);
    }
    int gapEnd = line.length();
    line.verbatim(LineKeys.CHAIN).room(LineChain.LENGTH).verbatim(LineKeys.END).ascii('\n');
    block.ended(begin, headEnd, digestStart, gapStart, gapEnd);
  }

  private static void gap(Gap gap, GapReason because, LineBuffer line) {
    line.verbatim(LineKeys.FROM).number(gap.from()).verbatim(LineKeys.TO).number(gap.to());
    line.verbatim(LineKeys.BECAUSE).ascii(because.text()).verbatim(LineKeys.END);
  }

  private void headers(Headers headers, LineBuffer line) {
    boolean first = true;
    for (Header header : headers) {
      if (!first) {
        line.ascii(',');
      }
      bytes(header.value(), line.verbatim(headerNames.start(header.key())));
      line.ascii(']');
      first = false;
    }
    line.ascii(']');
  }

  private void bytes(byte @Nullable [] bytes, LineBuffer line) {
    if (bytes == null) {
      line.verbatim(LineKeys.NULL);
    } else if (AsciiScan.unescaped(bytes) == bytes.length || utf8.isValid(bytes)) {
      line.string(bytes);
    } else {
      line.verbatim(LineKeys.BASE64).base64(bytes).verbatim(LineKeys.END);
    }
  }

  /** The records of one poll come partition by partition. */
  private byte[] start(ConsumerRecord<byte[], byte[]> record, Uuid topicId, Instant loggedAt) {
    LineStart known = start;
    if (known == null || !known.fits(loggedAt, record.topic(), topicId, record.partition())) {
      known = new LineStart(loggedAt, record.topic(), topicId, record.partition());
      start = known;
    }
    return known.text();
  }
}
