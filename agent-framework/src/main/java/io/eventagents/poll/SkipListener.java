package io.eventagents.poll;

import org.apache.kafka.common.TopicPartition;

/** Is told which records an agent does not get because an operator named them. */
@FunctionalInterface
public interface SkipListener {

  /**
   * Called before any later record of the partition is delivered.
   *
   * @param from the first offset
   * @param to the last offset
   */
  void skipped(TopicPartition partition, long from, long to);
}
