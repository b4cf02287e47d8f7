package io.eventagents;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;

/**
 * A record as it stands on its topic, for agents that take records of any kind.
 *
 * @param record key, value and headers as the bytes that were written, with their position
 * @param topicId Kafka's id of the topic, another one after the topic was deleted and made again;
 *     {@link Uuid#ZERO_UUID} where it cannot be told (on a test binder)
 */
public record ReceivedRecord(ConsumerRecord<byte[], byte[]> record, Uuid topicId) {}
