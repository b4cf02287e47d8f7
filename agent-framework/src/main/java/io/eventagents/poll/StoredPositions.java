package io.eventagents.poll;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The positions of an agent that keeps its own. Called in the thread that polls. By default an
 * agent keeps none.
 */
public interface StoredPositions {

  /** The positions of an agent that keeps none. */
  StoredPositions NONE = new StoredPositions() {};

  /** How often less was stored than had been delivered; asked while no record comes. */
  default long losses() {
    return 0;
  }

  /** Where to go on with a partition; empty for its beginning. */
  default OptionalLong next(TopicPartition partition) {
    return OptionalLong.empty();
  }

  /**
   * Called for records that the agent does not get because an operator named them, before any later
   * record of the partition is delivered.
   *
   * @param from the first offset
   * @param to the last offset
   */
  default void skipped(TopicPartition partition, long from, long to) {}
}
