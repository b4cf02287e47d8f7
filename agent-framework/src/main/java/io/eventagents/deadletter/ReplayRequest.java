package io.eventagents.deadletter;

import static io.eventagents.wire.EventReader.header;

import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.EventTime;
import io.eventagents.wire.RecordPosition;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked an agent to do about a dead letter; the record that is sent back to the agent
 * says it.
 *
 * @param action what to do
 * @param failedAt where the agent read the event that it gave up
 * @param failedEventId the {@code delivery.failed} that told of it; null if the dead letter does
 *     not say
 * @param asked who asked, why and when
 */
public record ReplayRequest(
    Action action, RecordPosition failedAt, @Nullable String failedEventId, Request asked) {

  /** The most characters of a text that people or records give. */
  public static final int LONGEST_TEXT = 1_000;

  /** Who asked, if the record does not say: somebody copied it to the replays by hand. */
  private static final String SOMEBODY = "unknown";

  /**
   * Reads the request. Anybody can write such a record, so texts are cut to what a confirmation can
   * carry. A longer id is ignored: no {@code delivery.failed} has one.
   *
   * @param clock gives the time if the record does not
   * @return empty if the record is no dead letter: there is nothing to answer
   */
  public static Optional<ReplayRequest> of(ConsumerRecord<byte[], byte[]> record, Clock clock) {
    return failedAt(record)
        .map(
            failedAt ->
                new ReplayRequest(
                    Action.DISCARD.text().equals(header(record, DeadLetterHeaders.REQUEST))
                        ? Action.DISCARD
                        : Action.REPLAY,
                    failedAt,
                    Optional.ofNullable(header(record, DeadLetterHeaders.FAILED_EVENT_ID))
                        .filter(id -> id.length() <= LONGEST_TEXT)
                        .orElse(null),
                    new Request(
                        text(record, DeadLetterHeaders.REQUESTED_BY).orElse(SOMEBODY),
                        text(record, DeadLetterHeaders.REQUESTED_WHY).orElse(null),
                        instant(header(record, DeadLetterHeaders.REQUESTED_AT))
                            .orElseGet(clock::instant))));
  }

  /** Writes down who asked, why and when, as {@link #of} reads it. */
  public void addTo(Headers headers) {
    DeadLetterHeaders.write(headers, DeadLetterHeaders.REQUESTED_BY, asked.by());
    if (asked.why() != null) {
      DeadLetterHeaders.write(headers, DeadLetterHeaders.REQUESTED_WHY, asked.why());
    }
    DeadLetterHeaders.write(headers, DeadLetterHeaders.REQUESTED_AT, asked.at().toString());
  }

  /** Where the agent read the event, according to its dead letter; empty if this is none. */
  public static Optional<RecordPosition> failedAt(ConsumerRecord<byte[], byte[]> letter) {
    return RecordPosition.parse(
        header(letter, DeadLetterHeaders.TOPIC)
            + "-"
            + header(letter, DeadLetterHeaders.PARTITION)
            + "@"
            + header(letter, DeadLetterHeaders.OFFSET));
  }

  /** Reads a header that is a time; empty if it is none. */
  public static Optional<Instant> instant(@Nullable String text) {
    return Optional.ofNullable(text).map(EventTime::read);
  }

  private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(ShortText.of(header(record, name)));
  }
}
