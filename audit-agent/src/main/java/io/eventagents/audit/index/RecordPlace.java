package io.eventagents.audit.index;

import java.time.Instant;

/**
 * Where a record stands on Kafka, and when it was logged.
 *
 * @param topicId Kafka's id of the topic, as Kafka prints it
 */
public record RecordPlace(
    String topicId, String topic, int partition, long offset, Instant loggedAt) {}
