package io.eventagents.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.DeadLetterDesk.State;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.RecordPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of a dead letter, and who wanted it.
 *
 * @param state what became of it
 * @param by who asked for it; null while it is open
 * @param why in words
 * @param at when
 */
record Resolution(State state, @Nullable String by, @Nullable String why, @Nullable Instant at) {

  static final Resolution OPEN = new Resolution(State.OPEN, null, null, null);

  /**
   * The last resolution of each failure. There is one for each dead letter that is kept, so each
   * takes little memory: a digest of the failure, and an object that all dead letters of a request
   * share.
   */
  static final class Lookup {

    private final Map<UUID, Resolution> byFailure = new HashMap<>();
    private @Nullable Resolution last;

    /** Adds a record of {@link Resolutions#TOPIC}; ignores any other. */
    void add(ConsumerRecord<byte[], byte[]> record) {
      String agent = EventReader.header(record, DeadLetterHeaders.AGENT);
      String state = EventReader.header(record, Resolutions.STATE);
      String position = EventReader.header(record, Resolutions.FAILED_AT_POSITION);
      if (agent == null || state == null || position == null) {
        return;
      }
      State.of(state)
          .ifPresent(
              known ->
                  RecordPosition.parse(position)
                      .ifPresent(
                          failedAt ->
                              byFailure.put(
                                  failure(agent, failedAt),
                                  shared(
                                      new Resolution(
                                          known,
                                          text(record, DeadLetterHeaders.REQUESTED_BY),
                                          text(record, DeadLetterHeaders.REQUESTED_WHY),
                                          ReplayRequest.instant(
                                                  EventReader.header(
                                                      record, DeadLetterHeaders.REQUESTED_AT))
                                              .orElse(null))))));
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String header) {
      return ShortText.of(EventReader.header(record, header));
    }

    /** Those of a request mostly follow each other. */
    private Resolution shared(Resolution resolution) {
      if (!resolution.equals(last)) {
        last = resolution;
      }
      return Objects.requireNonNull(last);
    }

    Resolution of(String agent, RecordPosition failedAt) {
      return byFailure.getOrDefault(failure(agent, failedAt), OPEN);
    }
  }

  /** Identifies a failure of an agent; see {@link Resolutions#key}. */
  static UUID failure(String agent, RecordPosition failedAt) {
    return UUID.nameUUIDFromBytes(Resolutions.key(agent, failedAt).getBytes(UTF_8));
  }
}
