package io.eventagents.ordering;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that waits behind one of its key that failed.
 *
 * @param id its place in the order
 * @param record as it was read
 */
public record HeldEvent(long id, ConsumerRecord<byte[], byte[]> record) {}
