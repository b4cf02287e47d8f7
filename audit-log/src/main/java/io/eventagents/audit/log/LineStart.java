package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.common.Uuid;

/** What the lines of one partition start with, up to the offset, while they have one time. */
final class LineStart {

  /** Always six digits of a second, so that lines sort as text. */
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Instant loggedAt;
  private final String topic;
  private final Uuid topicId;
  private final int partition;
  private final byte[] text;

  LineStart(Instant loggedAt, String topic, Uuid topicId, int partition) {
    this.loggedAt = loggedAt;
    this.topic = topic;
    this.topicId = topicId;
    this.partition = partition;
    this.text =
        new LineBuffer(256)
            .verbatim(LineKeys.START)
            .ascii(MICROSECONDS.format(loggedAt))
            .verbatim(LineKeys.TOPIC)
            .escaped(topic.getBytes(StandardCharsets.UTF_8))
            .verbatim(LineKeys.TOPIC_ID)
            .ascii(topicId.toString())
            .verbatim(LineKeys.PARTITION)
            .number(partition)
            .verbatim(LineKeys.OFFSET)
            .copy();
  }

  /** The start, not to be changed. */
  byte[] text() {
    return text;
  }

  boolean fits(Instant loggedAt, String topic, Uuid topicId, int partition) {
    return this.partition == partition
        && this.topic.equals(topic)
        && this.topicId.equals(topicId)
        && this.loggedAt.equals(loggedAt);
  }
}
