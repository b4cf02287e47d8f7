package io.eventagents.audit.evidence;

import io.eventagents.Broker;
import io.eventagents.audit.verification.BrokerEvidence.RecordSource;
import io.eventagents.audit.verification.BrokerEvidence.RecordTaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the records of the agent's own broker. The reasons of gaps are not looked up again: the
 * agent asked for them when it logged them.
 */
final class BrokerRecords implements RecordSource {

  private final Broker broker;

  BrokerRecords(Broker broker) {
    this.broker = broker;
  }

  @Override
  public void read(String topic, RecordTaker taker) throws IOException {
    try {
      broker.read(
          List.of(topic),
          record -> {
            try {
              taker.take(record);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public Optional<Long> firstFrom(TopicPartition partition, long offset) {
    return Optional.empty();
  }
}
