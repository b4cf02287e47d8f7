package io.eventagents.dispatch;

import io.eventagents.DeadLetterDesk;
import io.eventagents.Event;
import io.eventagents.deadletter.ReplayRequest;
import io.eventagents.ordering.HeldEvent;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.RecordPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of a batch that is addressed to the agent, and how far it has come. Touched by one
 * worker at a time.
 */
final class Delivery {

  private final ConsumerRecord<byte[], byte[]> record;
  private final PayloadType type;
  private final Origin origin;
  private final List<CompletableFuture<Void>> sends = new ArrayList<>(1);
  private @Nullable String verdict;
  private @Nullable Event<?> event;
  private @Nullable Delivery behind;
  private int attempts;
  private boolean handled;
  private volatile boolean deadLettered;
  private volatile boolean finished;

  /** Where it comes from. */
  sealed interface Origin {

    /** From the topic of its events. */
    record Topic() implements Origin {}

    /**
     * Sent to this agent once more, on purpose.
     *
     * @param request who asked for it; null where it is no dead letter
     */
    record Replay(@Nullable ReplayRequest request) implements Origin {}

    /**
     * It waited behind another one of its key.
     *
     * @param behind where the other had been read
     */
    record Held(RecordPosition behind) implements Origin {}

    /** See {@link Topic}. */
    Origin TOPIC = new Topic();
  }

  Delivery(ConsumerRecord<byte[], byte[]> record, PayloadType type, Origin origin) {
    this.record = record;
    this.type = type;
    this.origin = origin;
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  PayloadType type() {
    return type;
  }

  /** Whether it was sent to this agent once more, on purpose. */
  boolean isReplay() {
    return origin instanceof Origin.Replay;
  }

  /** Whether it waited behind another one of its key. */
  boolean isHeld() {
    return origin instanceof Origin.Held;
  }

  /** Who asked for a replay; null where nobody is told how it went. */
  @Nullable ReplayRequest request() {
    return origin instanceof Origin.Replay replay ? replay.request() : null;
  }

  /** Whether it is not to be handled, but left for good. */
  boolean isDiscard() {
    ReplayRequest request = request();
    return request != null && request.action() == DeadLetterDesk.Action.DISCARD;
  }

  /** Where the event had been read when it failed; for one that did not fail yet, where it is. */
  RecordPosition failedAt() {
    ReplayRequest request = request();
    return request == null ? RecordPosition.of(record) : request.failedAt();
  }

  /** The failure whose place it takes if it fails; null where it is the first of its key. */
  @Nullable RecordPosition insteadOf() {
    return switch (origin) {
      case Origin.Topic topic -> null;
      case Origin.Replay replay -> failedAt();
      case Origin.Held held -> held.behind();
    };
  }

  /** The first that waits behind this one; the same as before while it is tried again. */
  Delivery behind(HeldEvent first, PayloadType typeOfFirst) {
    Delivery known = behind;
    if (known == null
        || !RecordPosition.of(known.record).equals(RecordPosition.of(first.record()))) {
      known = new Delivery(first.record(), typeOfFirst, new Origin.Held(failedAt()));
      behind = known;
    }
    return known;
  }

  /** The same, with nothing read or tried yet, and nothing kept of that. */
  Delivery afresh() {
    return new Delivery(record, type, origin);
  }

  /** Why it must not be read and is given up in its turn; null where it is to be handled. */
  @Nullable String verdict() {
    return verdict;
  }

  void verdict(@Nullable String why) {
    this.verdict = why;
  }

  /** The event, once it was read. */
  @Nullable Event<?> event() {
    return event;
  }

  void event(Event<?> read) {
    this.event = read;
  }

  int attempts() {
    return attempts;
  }

  void attempts(int made) {
    this.attempts = made;
  }

  /** What its handling sent and is not yet known to be stored. */
  List<CompletableFuture<Void>> sends() {
    return sends;
  }

  /** Whether it is handled itself, while something that waited behind it is not yet. */
  boolean isHandled() {
    return handled;
  }

  void handled() {
    handled = true;
  }

  boolean isDeadLettered() {
    return deadLettered;
  }

  /** It was given up, and is kept. */
  void deadLetter() {
    deadLettered = true;
    finished = true;
  }

  boolean isFinished() {
    return finished;
  }

  void finish() {
    finished = true;
  }

  /** It comes again. */
  void reopen() {
    finished = false;
  }
}
