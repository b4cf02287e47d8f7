package io.eventagents.audit.log;

import org.apache.kafka.common.Uuid;

/**
 * A partition of a topic that is not taken for another of the same name: a topic that was deleted
 * and made again has another id, and its offsets start again.
 *
 * @param topic the name of the topic
 * @param topicId Kafka's id of the topic; {@link Uuid#ZERO_UUID} where it could not be told
 * @param partition the partition
 */
public record LogPartition(String topic, Uuid topicId, int partition) {}
