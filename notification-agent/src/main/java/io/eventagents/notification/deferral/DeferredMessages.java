package io.eventagents.notification.deferral;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.ExpiredRows;
import io.eventagents.Rows;
import io.eventagents.StorableKey;
import io.eventagents.StorableText;
import io.eventagents.notification.channel.Deferral.Later;
import io.eventagents.notification.trigger.Trigger;
import io.eventagents.notification.trigger.Triggers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec;
import tools.jackson.databind.json.JsonMapper;

/** The table of messages that wait or waited. */
final class DeferredMessages {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final JdbcClient database;

  DeferredMessages(JdbcClient database) {
    this.database = database;
  }

  /** Stores a message; false if it was stored before, sent or not. */
  boolean add(Later message, Instant now) {
    Event<? extends Trigger> event = message.event();
    StorableKey owner = StorableKey.of(message.ownerId());
    return database
            .sql(
                """
                insert into notification.deferred_messages
                    (message_id, channel, owner_id, owner_id_text, collected, due_at, event_id,
                     event_type, occurred_at, data, correlation_id, causation_id, source, kept_at)
                values (:id, :channel, :owner, :ownerText, :collected, :dueAt, :eventId,
                     :eventType, :occurredAt, :data, :correlationId, :causationId, :source, :now)
                on conflict do nothing
                """)
            .param("id", message.id())
            .param("channel", message.channel())
            .param("owner", owner.key())
            .param("ownerText", owner.text())
            .param("collected", message.collected())
            .param("dueAt", Rows.utc(message.at()))
            .param("eventId", StorableText.escape(event.eventId()))
            .param("eventType", event.eventType())
            .param("occurredAt", Rows.utc(event.occurredAt()))
            .param("data", StorableText.escape(JSON.writeValueAsString(event.data())))
            .param("correlationId", StorableText.escape(event.metadata().correlationId()))
            .param("causationId", StorableText.escape(event.metadata().causationId()))
            .param("source", StorableText.escape(event.metadata().source()))
            .param("now", Rows.utc(now))
            .update()
        > 0;
  }

  /** Whether the message is stored, sent or not. */
  boolean has(String id) {
    return database
        .sql("select exists (select from notification.deferred_messages where message_id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Locks the messages of an owner on a channel until the transaction ends. */
  void lock(String channel, String ownerId) {
    database
        .sql("select pg_advisory_xact_lock(hashtextextended(:owner, 0))")
        .param(
            "owner",
            "notification.deferred_messages " + channel + " " + StorableKey.of(ownerId).key())
        .query((row, number) -> true)
        .single();
  }

  /** The message, if it still waits. */
  Optional<DeferredMessage> waiting(String id) {
    return waiting("message_id = :id", id).optional();
  }

  /** The messages that are sent with this one. */
  List<DeferredMessage> batch(String id) {
    return waiting("batch_id = :id order by kept_at, message_id", id).list();
  }

  private MappedQuerySpec<DeferredMessage> waiting(String which, String id) {
    return database
        .sql(
            """
            select message_id, channel, owner_id, owner_id_text, collected, due_at, event_id,
                event_type, occurred_at, data, correlation_id, causation_id, source, batch_id,
                attempts
            from notification.deferred_messages where status = 'WAITING' and
            """
                + which)
        .param("id", id)
        .query(DeferredMessages::message);
  }

  /**
   * Marks a message to be sent, either alone or with those that were collected until now.
   *
   * @param most the largest number of messages
   * @param bytes the largest total size, so that they fit into memory; a single message may be
   *     larger
   */
  void claim(DeferredMessage message, Instant now, int most, long bytes) {
    if (!message.message().collected()) {
      database
          .sql("update notification.deferred_messages set batch_id = :id where message_id = :id")
          .param("id", message.id())
          .update();
      return;
    }
    database
        .sql(
            """
            update notification.deferred_messages set batch_id = :id
            where message_id = :id or message_id in (
                select message_id
                from (select message_id,
                        sum(octet_length(data::text)) over (
                            order by message_id <> :id, kept_at, message_id) as bytes
                      from (select message_id, kept_at, data from notification.deferred_messages
                            where channel = :channel and owner_id = :owner and collected
                                and status = 'WAITING' and batch_id is null and due_at <= :now
                            order by message_id <> :id, kept_at, message_id limit :most) due) summed
                where bytes <= :bytes)
            """)
        .param("id", message.id())
        .param("channel", message.message().channel())
        .param("owner", StorableKey.of(message.message().ownerId()).key())
        .param("now", Rows.utc(now))
        .param("most", most)
        .param("bytes", bytes)
        .update();
  }

  void postpone(String batch, Instant at) {
    database
        .sql("update notification.deferred_messages set due_at = :at where batch_id = :batch")
        .param("at", Rows.utc(at))
        .param("batch", batch)
        .update();
  }

  void failedOnce(String batch) {
    database
        .sql(
            """
            update notification.deferred_messages set attempts = attempts + 1 where batch_id = :id
            """)
        .param("id", batch)
        .update();
  }

  /** Ends the waiting of a batch; false if it had ended already. */
  boolean end(String batch, Status status) {
    return database
            .sql(
                """
                update notification.deferred_messages set status = :status
                where batch_id = :batch and status = 'WAITING'
                """)
            .param("status", status.name())
            .param("batch", batch)
            .update()
        > 0;
  }

  int forget(Instant before) {
    return ExpiredRows.delete(
        database,
        "notification.deferred_messages",
        "status <> 'WAITING' and due_at < :before",
        before);
  }

  private static DeferredMessage message(ResultSet row, int number) throws SQLException {
    String eventType = row.getString("event_type");
    Class<? extends Trigger> type = Triggers.types().get(eventType);
    if (type == null) {
      throw new IllegalStateException(
          "There are no messages about '%s' any more".formatted(eventType));
    }
    Event<? extends Trigger> event =
        new Event<>(
            text(row, "event_id"),
            eventType,
            Rows.instant(row, "occurred_at"),
            JSON.readValue(text(row, "data"), type),
            new EventMetadata(
                text(row, "correlation_id"), text(row, "causation_id"), text(row, "source")));
    return new DeferredMessage(
        new Later(
            row.getString("message_id"),
            row.getString("channel"),
            Rows.original(row, "owner_id"),
            event,
            Rows.instant(row, "due_at"),
            row.getBoolean("collected")),
        row.getString("batch_id"),
        row.getInt("attempts"));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return StorableText.unescape(row.getString(column));
  }

  /** The outcome of a message that waited. */
  enum Status {
    SENT,
    FAILED,
    /** The recipient no longer wants it. */
    PASSED_OVER
  }
}
