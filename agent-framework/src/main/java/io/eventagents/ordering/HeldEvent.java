package io.eventagents.ordering;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that waits behind a failed one of its key.
 *
 * @param id its place in the order
 * @param record as it was read
 */
public record HeldEvent(long id, ConsumerRecord<byte[], byte[]> record) {}
