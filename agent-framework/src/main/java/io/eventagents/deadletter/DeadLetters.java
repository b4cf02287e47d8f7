package io.eventagents.deadletter;

import static io.eventagents.deadletter.DeadLetterHeaders.write;

import io.eventagents.DeadLetterDesk.State;
import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.Ordering;
import io.eventagents.RejectedEvent;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.send.RecordSender;
import io.eventagents.send.SendFailures;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.RecordIdentity;
import io.eventagents.wire.RecordPosition;
import io.eventagents.wire.RunawayChain;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Stores a record that an agent gave up as a dead letter, and tells its chain. Thread-safe. */
public final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  /** A header's value is shown and logged: an exception's message of a megabyte helps nobody. */
  private static final int LONGEST_REASON = 2_000;

  /** The topic of the events that tell what became of a delivery. */
  public static final String DELIVERY_TOPIC = "delivery-events";

  private static final String FAILED = "delivery.failed";

  private final RecordSender sender;
  private final EventReader reader;
  private final DeliveryEvents events;
  private final Resolutions resolutions;
  private final Clock clock;

  /**
   * @param sender sends the dead letters and the events that tell of them
   * @param resolutions records which replays failed
   */
  public DeadLetters(
      RecordSender sender,
      EventReader reader,
      EventWriter writer,
      Resolutions resolutions,
      Clock clock) {
    this.sender = sender;
    this.reader = reader;
    this.events = new DeliveryEvents(writer, clock);
    this.resolutions = resolutions;
    this.clock = clock;
  }

  /**
   * Sends the record to the agent's dead letters, and {@code delivery.failed} to its chain; not for
   * a {@code delivery.failed} of a chain that ran away.
   *
   * @param event the event; null if the record could not be read as one
   * @param eventType the type that the record is of
   * @param attempts how often it was tried
   * @return completes when both are acknowledged
   */
  public CompletableFuture<Void> add(
      AgentDefinition agent,
      ConsumerRecord<byte[], byte[]> record,
      @Nullable Event<?> event,
      String eventType,
      String reason,
      Throwable failure,
      int attempts) {
    String shortened =
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
    LoggingEventBuilder warning = log.atWarn();
    if (!(failure instanceof RejectedEvent
        || failure instanceof MalformedEvent
        || failure instanceof RunawayChain)) {
      // Nobody finds a defect of an agent without a stack trace.
      warning = warning.setCause(failure);
    }
    warning.log(
        "{} gave up {} at {}-{}@{} after {} attempt(s), it is in {}: {}",
        agent.name(),
        eventType,
        record.topic(),
        record.partition(),
        record.offset(),
        attempts,
        agent.deadLetterTopic(),
        shortened);
    ProducerRecord<byte[], byte[]> letter = letter(agent, record, shortened, failure, attempts);
    write(letter.headers(), DeadLetterHeaders.EVENT_TYPE, eventType);
    if (failure instanceof RunawayChain && eventType.equals(FAILED)) {
      // An agent that takes it would be stopped, be told of that, and be stopped again, for ever.
      return CompletableFuture.allOf(send(letter), noteFailedAgain(agent, record));
    }
    ProducerRecord<byte[], byte[]> told =
        told(agent, record, event, eventType, shortened, attempts);
    letter.headers().add(DeadLetterHeaders.FAILED_EVENT_ID, eventIdOf(told));
    return CompletableFuture.allOf(send(letter), sender.send(told), noteFailedAgain(agent, record));
  }

  private static byte[] eventIdOf(ProducerRecord<byte[], byte[]> told) {
    return told.headers().lastHeader(EventHeaders.EVENT_ID).value();
  }

  /** The dead letter that was replayed is settled. From now on the new one counts. */
  private CompletableFuture<Void> noteFailedAgain(
      AgentDefinition agent, ConsumerRecord<byte[], byte[]> record) {
    return Optional.of(record)
        .filter(replayed -> replayed.topic().equals(agent.replayTopic()))
        .flatMap(replayed -> ReplayRequest.of(replayed, clock))
        .map(request -> resolutions.note(agent.name(), request, State.FAILED_AGAIN))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /**
   * Sends a dead letter: without the value if that makes it larger than the broker takes, and
   * without the record's own headers and key if they do. Otherwise an event at the limit would hold
   * up its partition for ever.
   */
  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> letter) {
    return orShorter(
        letter,
        refused ->
            orShorter(
                withoutValue(letter, refused),
                again -> sender.send(onlyOwnHeaders(letter, again))));
  }

  private CompletableFuture<Void> orShorter(
      ProducerRecord<byte[], byte[]> letter, Function<Throwable, CompletableFuture<Void>> shorter) {
    return sender
        .send(letter)
        .exceptionallyCompose(
            thrown -> {
              Throwable failure = SendFailures.cause(thrown);
              return SendFailures.concernTheRecord(failure)
                  ? shorter.apply(failure)
                  : CompletableFuture.failedFuture(failure);
            });
  }

  private static ProducerRecord<byte[], byte[]> withoutValue(
      ProducerRecord<byte[], byte[]> letter, Throwable because) {
    log.warn("A dead letter of {} is kept without its value: {}", letter.topic(), because);
    ProducerRecord<byte[], byte[]> shorter =
        new ProducerRecord<>(letter.topic(), null, letter.key(), null, letter.headers());
    omit(shorter, letter, because);
    return shorter;
  }

  /** Keeps the headers of the dead letter itself, which say where the record is. */
  private static ProducerRecord<byte[], byte[]> onlyOwnHeaders(
      ProducerRecord<byte[], byte[]> letter, Throwable because) {
    log.warn(
        "A dead letter of {} is kept without its headers and key too: {}", letter.topic(), because);
    ProducerRecord<byte[], byte[]> shorter = new ProducerRecord<>(letter.topic(), null, null);
    for (Header header : letter.headers()) {
      if (header.key().startsWith(DeadLetterHeaders.PREFIX)) {
        shorter.headers().add(header);
      }
    }
    omit(shorter, letter, because);
    write(shorter.headers(), DeadLetterHeaders.HEADERS_OMITTED, "true");
    return shorter;
  }

  private static void omit(
      ProducerRecord<byte[], byte[]> shorter,
      ProducerRecord<byte[], byte[]> letter,
      Throwable because) {
    write(
        shorter.headers(),
        DeadLetterHeaders.VALUE_OMITTED,
        (letter.value() == null ? 0 : letter.value().length) + " bytes: " + because.getMessage());
  }

  private ProducerRecord<byte[], byte[]> letter(
      AgentDefinition agent,
      ConsumerRecord<byte[], byte[]> record,
      String reason,
      Throwable failure,
      int attempts) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(agent.deadLetterTopic(), record.key(), record.value());
    Headers headers = letter.headers();
    for (Header header : record.headers()) {
      // A replay that fails again has the headers of its first failure; those of the last one
      // count.
      if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
        headers.add(header);
      }
    }
    write(headers, DeadLetterHeaders.AGENT, agent.name());
    write(headers, DeadLetterHeaders.REASON, reason);
    write(headers, DeadLetterHeaders.EXCEPTION, failure.getClass().getName());
    write(headers, DeadLetterHeaders.ATTEMPTS, Integer.toString(attempts));
    write(headers, DeadLetterHeaders.FAILED_AT, clock.instant().toString());
    write(headers, DeadLetterHeaders.TOPIC, record.topic());
    write(headers, DeadLetterHeaders.PARTITION, Integer.toString(record.partition()));
    write(headers, DeadLetterHeaders.OFFSET, Long.toString(record.offset()));
    if (agent.ordering() == Ordering.STRICT && record.key() != null) {
      write(headers, DeadLetterHeaders.HOLDS_KEY, "true");
    }
    return letter;
  }

  private ProducerRecord<byte[], byte[]> told(
      AgentDefinition agent,
      ConsumerRecord<byte[], byte[]> record,
      @Nullable Event<?> event,
      String eventType,
      String reason,
      int attempts) {
    RecordPosition position = RecordPosition.of(record);
    RecordIdentity identity =
        event == null
            ? reader.identify(record)
            : new RecordIdentity(event.eventId(), event.metadata().correlationId());
    return events.about(
        agent.name(),
        record,
        identity,
        Objects.requireNonNullElse(identity.eventId(), position.toString()),
        position,
        FAILED,
        new DeliveryFailed(
            agent.name(),
            identity.eventId(),
            eventType,
            reason,
            attempts,
            position.topic(),
            position.partition(),
            position.offset(),
            agent.deadLetterTopic()));
  }
}
