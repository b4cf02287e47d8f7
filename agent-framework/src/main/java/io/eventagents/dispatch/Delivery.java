package io.eventagents.dispatch;

import io.eventagents.Event;
import io.eventagents.wire.PayloadType;
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
  private final boolean replay;
  private final List<CompletableFuture<Void>> sends = new ArrayList<>(1);
  private @Nullable Event<?> event;
  private int attempts;
  private volatile boolean finished;

  Delivery(ConsumerRecord<byte[], byte[]> record, PayloadType type, boolean replay) {
    this.record = record;
    this.type = type;
    this.replay = replay;
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  PayloadType type() {
    return type;
  }

  /** Whether it was sent to this agent once more, on purpose. */
  boolean isReplay() {
    return replay;
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

  boolean isFinished() {
    return finished;
  }

  void finish() {
    finished = true;
  }
}
