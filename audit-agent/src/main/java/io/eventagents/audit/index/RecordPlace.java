package io.eventagents.audit.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.kafka.common.Uuid;

/**
 * Where a record stands on Kafka, and when it was logged.
 *
 * @param topicId Kafka's id of the topic, as Kafka prints it
 */
public record RecordPlace(
    String topicId, String topic, int partition, long offset, Instant loggedAt) {

  /** Of a row that has these columns. */
  static RecordPlace read(ResultSet row) throws SQLException {
    UUID topicId = row.getObject("topic_id", UUID.class);
    return new RecordPlace(
        new Uuid(topicId.getMostSignificantBits(), topicId.getLeastSignificantBits()).toString(),
        row.getString("topic"),
        row.getInt("partition"),
        row.getLong("offset"),
        row.getObject("logged_at", OffsetDateTime.class).toInstant());
  }
}
