package io.eventagents.poll;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Where an agent that keeps its own position is. Called in the thread that polls. */
public interface StoredPositions {

  /** Those of an agent that keeps none. */
  StoredPositions NONE =
      new StoredPositions() {
        @Override
        public long losses() {
          return 0;
        }

        @Override
        public OptionalLong next(TopicPartition partition) {
          return OptionalLong.empty();
        }
      };

  /** Asked while no record comes: how often what is stored became less than was delivered. */
  long losses();

  /** Where to go on with a partition; empty for its beginning. */
  OptionalLong next(TopicPartition partition);
}
