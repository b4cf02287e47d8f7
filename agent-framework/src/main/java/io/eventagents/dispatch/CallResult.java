package io.eventagents.dispatch;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What came of a call that the agent returned from. */
sealed interface CallResult {

  /**
   * It is to be emitted.
   *
   * @param records what the agent returned, stamped and written
   */
  record Emitted(List<ProducerRecord<byte[], byte[]>> records) implements CallResult {}

  /**
   * The agent did its work, and what it returned cannot be emitted.
   *
   * @param cause why
   */
  record Unwritable(Throwable cause) implements CallResult {}
}
