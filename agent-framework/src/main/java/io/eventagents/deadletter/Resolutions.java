package io.eventagents.deadletter;

import static io.eventagents.deadletter.DeadLetterHeaders.write;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.DeadLetterDesk.State;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.RecordIdentity;
import io.eventagents.wire.RecordPosition;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Records what became of dead letters: as a record of the topic {@link #TOPIC}, which is kept as
 * long as they are, and, once it is settled, as an event of the chain. Thread-safe.
 *
 * <p>A record of the topic has the agent and the position of the failure as its key, no value, and
 * headers: {@link DeadLetterHeaders#AGENT}, {@link #FAILED_AT_POSITION}, {@link #STATE}, {@link
 * DeadLetterHeaders#REQUESTED_BY}, {@link DeadLetterHeaders#REQUESTED_WHY}, {@link
 * DeadLetterHeaders#REQUESTED_AT}. The last record of a key counts.
 */
public final class Resolutions {

  /** The topic of these records. */
  public static final String TOPIC = "dead-letter-resolutions";

  /** What became of the dead letter; see {@link State#text}. */
  public static final String STATE = "dead_letter_state";

  /** Where the agent read the event that failed. */
  public static final String FAILED_AT_POSITION = "dead_letter_failed_at_position";

  private final RecordSender sender;
  private final EventReader reader;
  private final DeliveryEvents events;

  /**
   * @param sender sends the records and the events
   */
  public Resolutions(RecordSender sender, EventReader reader, EventWriter writer, Clock clock) {
    this.sender = sender;
    this.reader = reader;
    this.events = new DeliveryEvents(writer, clock);
  }

  /**
   * Records a state without telling the chain.
   *
   * @return completes when it is acknowledged
   */
  public CompletableFuture<Void> note(String agent, ReplayRequest request, State state) {
    String key = key(agent, request.failedAt());
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), null);
    Headers headers = record.headers();
    write(headers, DeadLetterHeaders.AGENT, agent);
    write(headers, FAILED_AT_POSITION, request.failedAt().toString());
    write(headers, STATE, state.text());
    request.addTo(headers);
    return sender.send(record);
  }

  /**
   * Records that the request is carried out: the agent has handled the event, or it is discarded.
   *
   * @param record the dead letter, or what was sent back to the agent
   * @param eventType the type of its event
   * @return completes when both are acknowledged; a repeat publishes the same {@code event_id}
   */
  public CompletableFuture<Void> settled(
      String agent,
      ConsumerRecord<byte[], byte[]> record,
      String eventType,
      ReplayRequest request) {
    RecordIdentity identity = reader.identify(record);
    RecordPosition failedAt = request.failedAt();
    Request asked = request.asked();
    Object payload =
        switch (request.action()) {
          case REPLAY ->
              new DeliveryReplayed(
                  agent,
                  identity.eventId(),
                  eventType,
                  asked.by(),
                  asked.why(),
                  asked.at(),
                  failedAt.topic(),
                  failedAt.partition(),
                  failedAt.offset());
          case DISCARD ->
              new DeliveryDiscarded(
                  agent,
                  identity.eventId(),
                  eventType,
                  asked.by(),
                  asked.why(),
                  asked.at(),
                  failedAt.topic(),
                  failedAt.partition(),
                  failedAt.offset());
        };
    State state = request.action() == Action.REPLAY ? State.REPLAYED : State.DISCARDED;
    String failed = request.failedEventId();
    String causeId = failed == null ? identity.eventId() : failed;
    ProducerRecord<byte[], byte[]> told =
        events.about(
            agent,
            record,
            // The failure opened a chain of its own, which bears its id.
            identity.correlationId() == null
                ? new RecordIdentity(identity.eventId(), failed)
                : identity,
            causeId == null ? failedAt.toString() : causeId,
            failedAt,
            "delivery." + state.text(),
            payload);
    return CompletableFuture.allOf(note(agent, request, state), sender.send(told));
  }

  /** Identifies a failure of an agent. */
  public static String key(String agent, RecordPosition failedAt) {
    return agent + " " + failedAt;
  }
}
