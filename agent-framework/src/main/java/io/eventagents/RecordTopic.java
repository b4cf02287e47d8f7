package io.eventagents;

import java.util.Map;

/**
 * A topic of the application that no binding names, for records that are no events. A bean of the
 * application, as many as it needs; the topic is made at the start where it is missing, with the
 * replicas that every topic has, and is left as it is where it exists.
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
 * @param configuration what it is configured with, by the names that Kafka has
 */
public record RecordTopic(String name, int partitions, Map<String, String> configuration) {

  /**
   * Copies the configuration.
   *
   * @throws IllegalArgumentException where there is not at least one partition
   */
  public RecordTopic {
    if (partitions < 1) {
      throw new IllegalArgumentException("The topic %s needs a partition".formatted(name));
    }
    configuration = Map.copyOf(configuration);
  }
}
