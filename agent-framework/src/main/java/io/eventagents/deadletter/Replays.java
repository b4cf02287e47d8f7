package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Refusal;
import io.eventagents.DeadLetterDesk.State;
import io.eventagents.DependencyUnavailable;
import io.eventagents.send.RecordSender;
import io.eventagents.send.SendFailures;
import io.eventagents.wire.RecordPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Sends dead letters back to their agents, or discards them. An agent reads {@code <agent>-replays}
 * in addition to its topics, so a replay reaches that agent alone. It keeps the {@code event_id},
 * so that an agent with effects recognises an event that it has already handled. Thread-safe.
 */
final class Replays {

  /** How many bytes of originals are held; one original more may be. */
  private static final long HELD = 8L * 1024 * 1024;

  private static final Set<String> OMITTED =
      Set.of(DeadLetterHeaders.VALUE_OMITTED, DeadLetterHeaders.HEADERS_OMITTED);

  private final RecordSender sender;
  private final Resolutions resolutions;
  private final Function<RecordPosition, Optional<ConsumerRecord<byte[], byte[]>>> originals;

  /**
   * @param originals reads the record at a position
   */
  Replays(
      RecordSender sender,
      Resolutions resolutions,
      Function<RecordPosition, Optional<ConsumerRecord<byte[], byte[]>>> originals) {
    this.sender = sender;
    this.resolutions = resolutions;
    this.originals = originals;
  }

  /**
   * Carries out a request for dead letters that nobody has settled. The agent confirms a replay
   * later, and so it does the discard of a dead letter that others wait behind. Every other discard
   * is final when this returns.
   *
   * @param request makes the request for a dead letter
   * @return the dead letters that nothing was done about
   * @throws DependencyUnavailable if the broker does not take them; some may have been sent, and
   *     sending them again does no harm
   */
  List<Refusal> request(
      List<StoredDeadLetter> letters, Function<StoredDeadLetter, ReplayRequest> request) {
    List<Refusal> refused = new ArrayList<>();
    Map<StoredDeadLetter, ProducerRecord<byte[], byte[]>> toAgents = new LinkedHashMap<>();
    List<CompletableFuture<Void>> noted = new ArrayList<>();
    long held = 0;
    for (StoredDeadLetter letter : letters) {
      ReplayRequest one = request.apply(letter);
      if (one.action() == Action.DISCARD && !letter.holdsKey()) {
        noted.add(resolutions.settled(letter.agent(), letter.record(), letter.eventType(), one));
        continue;
      }
      Optional<ConsumerRecord<byte[], byte[]>> original = originalOf(letter);
      if (original.isEmpty() && letter.lacksValue()) {
        refused.add(
            refusal(
                letter,
                "its value was too large to be kept with it, and "
                    + letter.failedAt()
                    + " keeps it no longer"));
        continue;
      }
      toAgents.put(letter, toAgent(letter, original.orElse(letter.record()), one));
      // Before the record is sent: the agent's answer must come after it.
      noted.add(
          resolutions.note(
              letter.agent(),
              one,
              one.action() == Action.REPLAY ? State.REPLAYING : State.DISCARDING));
      held += original.map(found -> Math.max(0, found.serializedValueSize())).orElse(0);
      if (held >= HELD) {
        refused.addAll(send(noted, toAgents));
        held = 0;
      }
    }
    refused.addAll(send(noted, toAgents));
    return refused;
  }

  private List<Refusal> send(
      List<CompletableFuture<Void>> noted,
      Map<StoredDeadLetter, ProducerRecord<byte[], byte[]>> toAgents) {
    noted.forEach(Replays::await);
    noted.clear();
    Map<StoredDeadLetter, CompletableFuture<Void>> sent = new LinkedHashMap<>();
    toAgents.forEach((letter, record) -> sent.put(letter, sender.send(record)));
    List<Refusal> refused = new ArrayList<>();
    sent.forEach(
        (letter, acknowledged) -> {
          try {
            acknowledged.join();
          } catch (CompletionException e) {
            if (!SendFailures.concernTheRecord(SendFailures.cause(e))) {
              throw unavailable(e);
            }
            refused.add(
                refusal(letter, "it cannot be sent: " + SendFailures.cause(e).getMessage()));
          }
        });
    toAgents.clear();
    return refused;
  }

  private static Refusal refusal(StoredDeadLetter letter, String reason) {
    return new Refusal(letter.agent(), letter.id().toString(), reason);
  }

  /** The record that failed, if the dead letter lacks a part of it. */
  private Optional<ConsumerRecord<byte[], byte[]>> originalOf(StoredDeadLetter letter) {
    return letter.lacksValue()
        ? originals
            .apply(letter.failedAt())
            .filter(original -> letter.lacksHeaders() || original.value() != null)
            .filter(original -> isSame(letter, original))
        : Optional.empty();
  }

  /** A topic that was created again has another record there. */
  private static boolean isSame(StoredDeadLetter letter, ConsumerRecord<byte[], byte[]> original) {
    if (letter.lacksHeaders()) {
      return true; // There is nothing left to compare.
    }
    for (Header header : original.headers()) {
      Header kept = letter.record().headers().lastHeader(header.key());
      if (kept == null || !Arrays.equals(kept.value(), header.value())) {
        return false;
      }
    }
    return Arrays.equals(letter.record().key(), original.key());
  }

  private static ProducerRecord<byte[], byte[]> toAgent(
      StoredDeadLetter letter, ConsumerRecord<byte[], byte[]> original, ReplayRequest request) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(letter.agent() + "-replays", original.key(), original.value());
    if (letter.lacksHeaders()) {
      original.headers().forEach(record.headers()::add);
    }
    for (Header header : letter.record().headers()) {
      if (!OMITTED.contains(header.key())) {
        record.headers().add(header);
      }
    }
    DeadLetterHeaders.write(record.headers(), DeadLetterHeaders.REQUEST, request.action().text());
    request.addTo(record.headers());
    return record;
  }

  private static void await(CompletableFuture<Void> acknowledged) {
    try {
      acknowledged.join();
    } catch (CompletionException e) {
      throw unavailable(e);
    }
  }

  private static DependencyUnavailable unavailable(CompletionException e) {
    return new DependencyUnavailable("Kafka (" + SendFailures.cause(e).getMessage() + ")", e);
  }
}
