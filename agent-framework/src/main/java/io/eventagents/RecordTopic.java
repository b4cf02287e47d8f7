package io.eventagents;

import java.util.Map;

/**
 * A topic of the application that no binding names, for records that are not events. An application
 * has as many beans of this type as it needs. If the topic is missing, it is made at the start,
 * with as many replicas as every topic; if it exists, it is left as it is.
 *
 * <pre>{@code
 * @Bean
 * RecordTopic checkpointTopic() {
 *   return new RecordTopic("audit-checkpoints", 1, Map.of("retention.ms", "-1"));
 * }
 * }</pre>
 *
 * @param name the name of the topic
 * @param partitions how many partitions it is made with
 * @param configuration its configuration, by Kafka's names
 */
public record RecordTopic(String name, int partitions, Map<String, String> configuration) {

  /**
   * Copies the configuration.
   *
   * @throws IllegalArgumentException if there is not at least one partition
   */
  public RecordTopic {
    if (partitions < 1) {
      throw new IllegalArgumentException("The topic %s needs a partition".formatted(name));
    }
    configuration = Map.copyOf(configuration);
  }
}
