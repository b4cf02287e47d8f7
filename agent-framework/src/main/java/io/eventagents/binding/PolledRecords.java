package io.eventagents.binding;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one poll, as they are.
 *
 * @param records in order per partition
 */
public record PolledRecords(List<ConsumerRecord<byte[], byte[]>> records) {

  /** Shows only the count, so that a failure that logs the message reveals no payload. */
  @Override
  public String toString() {
    return "PolledRecords[" + records.size() + " records]";
  }
}
