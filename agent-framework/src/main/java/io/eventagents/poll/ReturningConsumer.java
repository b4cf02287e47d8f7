package io.eventagents.poll;

import io.eventagents.observation.AgentStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that goes back while no record comes, if its agent lost what it had stored. When
 * records come and their batch fails, the dispatcher has it go back.
 */
final class ReturningConsumer extends ConsumerProxy {

  private static final Logger log = LoggerFactory.getLogger(ReturningConsumer.class);

  private final StoredPositions stored;
  private final AgentStatus status;

  /** The number of losses that it has already gone back for. */
  private long settled;

  ReturningConsumer(Consumer<byte[], byte[]> consumer, StoredPositions stored, AgentStatus status) {
    super(consumer);
    this.stored = stored;
    this.status = status;
  }

  @Override
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
    if (polled.isEmpty()) {
      goBack();
    }
    return polled;
  }

  private void goBack() {
    Set<TopicPartition> assigned = consumer.assignment();
    try {
      long losses = stored.losses();
      if (losses == settled) {
        return;
      }
      for (TopicPartition partition : assigned) {
        OptionalLong next = stored.next(partition);
        if (next.isPresent()) {
          consumer.seek(partition, next.getAsLong());
        } else {
          consumer.seekToBeginning(List.of(partition));
        }
      }
      settled = losses;
      log.info("{} goes back to where it has stored what it was given", status.agent().name());
    } catch (RuntimeException e) {
      // For example, the broker does not tell the topic's id: it is asked again at the next poll.
      log.debug("{} cannot go back yet", status.agent().name(), e);
    }
  }
}
