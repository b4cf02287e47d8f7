package io.eventagents.audit.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.Uuid;

/**
 * The place of a record on Kafka, and the time at which it was logged.
 *
 * @param topicId Kafka's id of the topic, as Kafka prints it
 */
public record RecordPlace(
    String topicId, String topic, int partition, long offset, Instant loggedAt) {

  /** Reads the columns of a row. */
  static RecordPlace read(ResultSet row) throws SQLException {
    return new RecordPlace(
        topicId(row.getObject("topic_id", UUID.class)),
        row.getString("topic"),
        row.getInt("partition"),
        row.getLong("offset"),
        Objects.requireNonNull(StorableTime.read(row, "logged_at")));
  }

  /** The id of a topic as Kafka prints it. */
  static String topicId(UUID id) {
    return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
  }
}
