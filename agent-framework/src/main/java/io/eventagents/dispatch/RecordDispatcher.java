package io.eventagents.dispatch;

import io.eventagents.retry.BatchInterrupted;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Handles the records of one agent's binding. */
public sealed interface RecordDispatcher permits EventDispatcher, RecordLogDispatcher {

  /**
   * Handles a batch; when it returns, its offsets may be committed.
   *
   * @throws BatchInterrupted if the batch cannot be finished now
   */
  void dispatch(List<ConsumerRecord<byte[], byte[]>> records);

  /** Starts no further event; events that were begun are finished. A log finishes its batch. */
  default void stop() {}
}
