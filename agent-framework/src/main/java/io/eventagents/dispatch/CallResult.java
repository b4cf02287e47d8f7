package io.eventagents.dispatch;

import io.eventagents.wire.RecordPosition;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The result of a call from which the agent returned. */
sealed interface CallResult {

  /**
   * Its events are to be emitted.
   *
   * @param records what the agent returned, stamped and written
   */
  record Emitted(List<ProducerRecord<byte[], byte[]>> records) implements CallResult {}

  /**
   * The agent did its work, and what it returned cannot be emitted.
   *
   * @param cause why
   * @param madeFor the record that the agent was called with
   */
  record Unwritable(Throwable cause, RecordPosition madeFor) implements CallResult {}
}
