package io.eventagents.notification.receipt;

import io.eventagents.StorableText;
import io.eventagents.notification.database.ExpiredRows;
import io.eventagents.notification.receipt.Receipt.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages that receipts may come for, and the receipts that came before their message. Called
 * within a transaction that {@linkplain #lock locks} the message first.
 *
 * <p>Ids are stored as {@linkplain StorableText#key keys}: providers choose them, and a long one
 * does not fit into an index. Whoever asks has the id, so that nobody has to read it back.
 */
final class TrackedMessages {

  private final JdbcClient database;

  TrackedMessages(JdbcClient database) {
    this.database = database;
  }

  /** Nobody else's until the transaction ends, whether or not it is known. */
  void lock(String channel, String messageId) {
    database
        .sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param("notification.sent_messages " + channel + " " + StorableText.key(messageId))
        .query((row, number) -> true)
        .single();
  }

  void add(TrackedMessage message) {
    database
        .sql(
            """
            insert into notification.sent_messages
                (channel, message_id, event_id, correlation_id, task_id, recipient, sent_at)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            message.channel(),
            StorableText.key(message.messageId()),
            StorableText.escape(message.eventId()),
            StorableText.escape(message.correlationId()),
            StorableText.escape(message.taskId()),
            StorableText.escape(message.recipient()),
            message.sentAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  List<TrackedMessage> of(String channel, String messageId) {
    return database
        .sql(
            """
            select channel, event_id, correlation_id, task_id, recipient, sent_at
            from notification.sent_messages where channel = ? and message_id = ?
            order by event_id
            """)
        .params(channel, StorableText.key(messageId))
        .query((row, number) -> message(row, messageId))
        .list();
  }

  /** Notes what was published of a message; false where it was before. */
  boolean note(TrackedMessage message, Kind outcome) {
    return database
            .sql(
                """
                update notification.sent_messages set outcomes = outcomes || ?::text
                where channel = ? and message_id = ? and event_id = ? and not ? = any(outcomes)
                """)
            .params(
                outcome.name(),
                message.channel(),
                StorableText.key(message.messageId()),
                StorableText.escape(message.eventId()),
                outcome.name())
            .update()
        > 0;
  }

  void keep(Receipt receipt, Instant now) {
    database
        .sql(
            """
            insert into notification.early_receipts
                (channel, message_id, outcome, happened_at, reason, permanent, received_at)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            Arrays.asList(
                receipt.kind().channel(),
                StorableText.key(receipt.messageId()),
                receipt.kind().name(),
                timestamp(receipt.at()),
                receipt.reason() == null ? null : StorableText.escape(receipt.reason()),
                receipt.permanent(),
                timestamp(now)))
        .update();
  }

  /** Those that came before the message. They stay: a digest has several rows to come. */
  List<Receipt> early(String channel, String messageId) {
    return database
        .sql(
            """
            select outcome, happened_at, reason, permanent
            from notification.early_receipts where channel = ? and message_id = ?
            """)
        .params(channel, StorableText.key(messageId))
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
    return new TrackedMessage(
        row.getString("channel"),
        messageId,
        StorableText.unescape(row.getString("event_id")),
        StorableText.unescape(row.getString("correlation_id")),
        StorableText.unescape(row.getString("task_id")),
        StorableText.unescape(row.getString("recipient")),
        row.getObject("sent_at", OffsetDateTime.class).toInstant());
  }

  private static Receipt receipt(ResultSet row, String messageId) throws SQLException {
    OffsetDateTime at = row.getObject("happened_at", OffsetDateTime.class);
    String reason = row.getString("reason");
    return new Receipt(
        messageId,
        Kind.valueOf(row.getString("outcome")),
        at == null ? null : at.toInstant(),
        reason == null ? null : StorableText.unescape(reason),
        row.getBoolean("permanent"));
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
