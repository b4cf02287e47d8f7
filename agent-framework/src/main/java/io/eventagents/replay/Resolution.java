package io.eventagents.replay;

import io.eventagents.deadletter.DeadLetterHeaders;
import io.eventagents.deadletter.LetterState;
import io.eventagents.deadletter.ReplayRequest;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.RecordPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
record Resolution(
    LetterState state, @Nullable String by, @Nullable String why, @Nullable Instant at) {

  static final Resolution OPEN = new Resolution(LetterState.OPEN, null, null, null);

  /** The last resolution of each failure. */
  static final class Lookup {

    private final Map<String, Resolution> byKey = new HashMap<>();

    /** A record of {@link Resolutions#TOPIC}; what is none is left out. */
    void add(ConsumerRecord<byte[], byte[]> record) {
      String agent = EventReader.header(record, DeadLetterHeaders.AGENT);
      String state = EventReader.header(record, Resolutions.STATE);
      String position = EventReader.header(record, Resolutions.FAILED_AT_POSITION);
      if (agent == null || state == null || position == null) {
        return;
      }
      LetterState.of(state)
          .ifPresent(
              known ->
                  RecordPosition.parse(position)
                      .ifPresent(
                          failedAt ->
                              byKey.put(
                                  Resolutions.key(agent, failedAt),
                                  new Resolution(
                                      known,
                                      EventReader.header(record, DeadLetterHeaders.REQUESTED_BY),
                                      EventReader.header(record, DeadLetterHeaders.REQUESTED_WHY),
                                      ReplayRequest.instant(
                                              EventReader.header(
                                                  record, DeadLetterHeaders.REQUESTED_AT))
                                          .orElse(null)))));
    }

    Resolution of(String agent, RecordPosition failedAt) {
      return byKey.getOrDefault(Resolutions.key(agent, failedAt), OPEN);
    }
  }
}
