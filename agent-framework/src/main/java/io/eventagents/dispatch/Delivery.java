package io.eventagents.dispatch;

import io.eventagents.DeadLetterDesk;
import io.eventagents.Event;
import io.eventagents.deadletter.ReplayRequest;
import io.eventagents.ordering.HeldEvent;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.RecordPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a batch that is addressed to the agent, and how far its handling has come. Used by
 * one worker at a time.
 */
final class Delivery {

  private final ConsumerRecord<byte[], byte[]> record;
  private final PayloadType type;
  private final Origin origin;
  private final @Nullable String verdict;
  private final List<CompletableFuture<Void>> sends = new ArrayList<>(1);
  private @Nullable Event<?> event;
  private @Nullable Delivery behind;
  private int attempts;
  private volatile State state = State.OPEN;

  private enum State {
    OPEN,
    /** It is handled itself, but an event that waited behind it is not. */
    HANDLED,
    FINISHED,
    DEAD_LETTERED
  }

  /** Where it comes from. */
  sealed interface Origin {

    /** From the topic of its events. */
    record Topic() implements Origin {}

    /**
     * Sent to this agent again, on purpose.
     *
     * @param request the request; null if it is no dead letter
     */
    record Replay(@Nullable ReplayRequest request) implements Origin {}

    /**
     * It waited behind another event of its key.
     *
     * @param behind where the other event was read
     */
    record Held(RecordPosition behind) implements Origin {}

    /** See {@link Topic}. */
    Origin TOPIC = new Topic();
  }

  /**
   * @param verdict why it must not be read and is given up in its turn; null if it is to be handled
   */
  Delivery(
      ConsumerRecord<byte[], byte[]> record,
      PayloadType type,
      Origin origin,
      @Nullable String verdict) {
    this.record = record;
    this.type = type;
    this.origin = origin;
    this.verdict = verdict;
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  PayloadType type() {
    return type;
  }

  /** Whether it was sent to this agent again, on purpose. */
  boolean isReplay() {
    return origin instanceof Origin.Replay;
  }

  /** Whether it waited behind another event of its key. */
  boolean isHeld() {
    return origin instanceof Origin.Held;
  }

  /** The request for this replay; null if nobody is told how it went. */
  @Nullable ReplayRequest request() {
    return origin instanceof Origin.Replay replay ? replay.request() : null;
  }

  /** Whether it is to be left for good instead of handled. */
  boolean isDiscard() {
    ReplayRequest request = request();
    return request != null && request.action() == DeadLetterDesk.Action.DISCARD;
  }

  /** Where the event was read when it failed; for an event that has not failed yet, where it is. */
  RecordPosition failedAt() {
    ReplayRequest request = request();
    return request == null ? RecordPosition.of(record) : request.failedAt();
  }

  /** The failure that it replaces if it fails; null if it would be the first of its key. */
  @Nullable RecordPosition insteadOf() {
    return switch (origin) {
      case Origin.Topic topic -> null;
      case Origin.Replay replay -> failedAt();
      case Origin.Held held -> held.behind();
    };
  }

  /** The first event that waits behind this one; the same delivery while it is tried again. */
  Delivery behind(HeldEvent first, PayloadType typeOfFirst) {
    Delivery known = behind;
    if (known == null
        || !RecordPosition.of(known.record).equals(RecordPosition.of(first.record()))) {
      known = new Delivery(first.record(), typeOfFirst, new Origin.Held(failedAt()), null);
      behind = known;
    }
    return known;
  }

  /** The same with this verdict, without what was read or tried. */
  Delivery afresh(@Nullable String why) {
    return new Delivery(record, type, origin, why);
  }

  /**
   * Reads the event: once, however often it is tried.
   *
   * @param unreadableTime called if its time cannot be read
   */
  Event<?> read(EventReader reader, Runnable unreadableTime) throws MalformedEvent {
    if (verdict != null) {
      throw new MalformedEvent(verdict);
    }
    if (event == null) {
      event = reader.read(record, type, unreadableTime);
    }
    return event;
  }

  /** The event, once it was read. */
  @Nullable Event<?> event() {
    return event;
  }

  /** The event of a delivery that was read. */
  Event<?> eventRead() {
    return Objects.requireNonNull(event, "A delivery is read before it is handled");
  }

  int attempts() {
    return attempts;
  }

  void attempts(int made) {
    this.attempts = made;
  }

  /** What its handling sent and is not yet acknowledged. */
  List<CompletableFuture<Void>> sends() {
    return sends;
  }

  /** Whether it is handled itself, while an event that waited behind it is not. */
  boolean isHandled() {
    return state == State.HANDLED;
  }

  void handled() {
    state = State.HANDLED;
  }

  boolean isDeadLettered() {
    return state == State.DEAD_LETTERED;
  }

  /** It is given up, and kept in the dead letters. */
  void deadLetter() {
    state = State.DEAD_LETTERED;
  }

  boolean isFinished() {
    return state == State.FINISHED || state == State.DEAD_LETTERED;
  }

  void finish() {
    state = State.FINISHED;
  }

  /** It comes again; what is handled stays so. */
  void reopen() {
    state = state == State.HANDLED ? State.HANDLED : State.OPEN;
  }
}
