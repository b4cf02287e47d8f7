package io.eventagents.notification.receipt;

import io.eventagents.ExpiredRows;
import io.eventagents.Rows;
import io.eventagents.StorableText;
import io.eventagents.notification.receipt.Receipt.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages that await receipts, and the receipts that came before their message. Callers are in
 * a transaction that {@linkplain #lock locks} the message first.
 *
 * <p>Ids are stored as {@linkplain StorableText#key keys}, as providers choose them and a long one
 * does not fit into an index. Callers have the id, so it need not be read back.
 */
final class TrackedMessages {

  private final JdbcClient database;

  TrackedMessages(JdbcClient database) {
    this.database = database;
  }

  /** Locks the message until the transaction ends, whether or not it is known. */
  void lock(String channel, String messageId) {
    database
        .sql("select pg_advisory_xact_lock(hashtextextended(:message, 0))")
        .param(
            "message", "notification.sent_messages " + channel + " " + StorableText.key(messageId))
        .query((row, number) -> true)
        .single();
  }

  void add(TrackedMessage message) {
    database
        .sql(
            """
            insert into notification.sent_messages
                (channel, message_id, event_id, correlation_id, task_id, recipient, owner_id,
                 sent_at)
            values (:channel, :messageId, :eventId, :correlationId, :taskId, :recipient, :ownerId,
                 :sentAt)
            on conflict do nothing
            """)
        .param("channel", message.channel())
        .param("messageId", StorableText.key(message.messageId()))
        .param("eventId", StorableText.escape(message.eventId()))
        .param("correlationId", StorableText.escape(message.correlationId()))
        .param("taskId", StorableText.escape(message.taskId()))
        .param("recipient", StorableText.escape(message.recipient()))
        .param("ownerId", message.ownerId() == null ? null : StorableText.escape(message.ownerId()))
        .param("sentAt", Rows.utc(message.sentAt()))
        .update();
  }

  List<TrackedMessage> of(String channel, String messageId) {
    return database
        .sql(
            """
            select channel, event_id, correlation_id, task_id, recipient, owner_id, sent_at
            from notification.sent_messages
            where channel = :channel and message_id = :messageId order by event_id
            """)
        .param("channel", channel)
        .param("messageId", StorableText.key(messageId))
        .query((row, number) -> message(row, messageId))
        .list();
  }

  /** Records that an outcome of a message was published; false if it was recorded before. */
  boolean note(TrackedMessage message, Kind outcome) {
    return database
            .sql(
                """
                update notification.sent_messages set outcomes = outcomes || :outcome::text
                where channel = :channel and message_id = :messageId and event_id = :eventId
                    and not :outcome = any(outcomes)
                """)
            .param("outcome", outcome.name())
            .param("channel", message.channel())
            .param("messageId", StorableText.key(message.messageId()))
            .param("eventId", StorableText.escape(message.eventId()))
            .update()
        > 0;
  }

  void keep(Receipt receipt, Instant now) {
    database
        .sql(
            """
            insert into notification.early_receipts
                (channel, message_id, outcome, happened_at, reason, permanent, address_gone,
                 received_at)
            values (:channel, :messageId, :outcome, :at, :reason, :permanent, :addressGone, :now)
            on conflict do nothing
            """)
        .param("channel", receipt.kind().channel())
        .param("messageId", StorableText.key(receipt.messageId()))
        .param("outcome", receipt.kind().name())
        .param("at", Rows.utcOrNull(receipt.at()))
        .param("reason", receipt.reason() == null ? null : StorableText.escape(receipt.reason()))
        .param("permanent", receipt.permanent())
        .param("addressGone", receipt.addressGone())
        .param("now", Rows.utc(now))
        .update();
  }

  /** The receipts that came before the message. They are kept, as a digest adds several rows. */
  List<Receipt> early(String channel, String messageId) {
    return database
        .sql(
            """
            select outcome, happened_at, reason, permanent, address_gone
            from notification.early_receipts where channel = :channel and message_id = :messageId
            """)
        .param("channel", channel)
        .param("messageId", StorableText.key(messageId))
        .query((row, number) -> receipt(row, messageId))
        .list();
  }

  int forgetMessages(Instant before) {
    return ExpiredRows.delete(database, "notification.sent_messages", "sent_at < :before", before);
  }

  int forgetReceipts(Instant before) {
    return ExpiredRows.delete(
        database, "notification.early_receipts", "received_at < :before", before);
  }

  private static TrackedMessage message(ResultSet row, String messageId) throws SQLException {
    String ownerId = row.getString("owner_id");
    return new TrackedMessage(
        row.getString("channel"),
        messageId,
        StorableText.unescape(row.getString("event_id")),
        StorableText.unescape(row.getString("correlation_id")),
        StorableText.unescape(row.getString("task_id")),
        StorableText.unescape(row.getString("recipient")),
        ownerId == null ? null : StorableText.unescape(ownerId),
        Rows.instant(row, "sent_at"));
  }

  private static Receipt receipt(ResultSet row, String messageId) throws SQLException {
    String reason = row.getString("reason");
    return new Receipt(
        messageId,
        Kind.valueOf(row.getString("outcome")),
        Rows.instantOrNull(row, "happened_at"),
        reason == null ? null : StorableText.unescape(reason),
        row.getBoolean("permanent"),
        row.getBoolean("address_gone"));
  }
}
