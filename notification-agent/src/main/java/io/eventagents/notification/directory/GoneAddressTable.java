package io.eventagents.notification.directory;

import io.eventagents.ExpiredRows;
import io.eventagents.Rows;
import io.eventagents.StorableKey;
import io.eventagents.StorableText;
import io.eventagents.notification.template.OneLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of addresses that do not exist any more. Thread-safe. */
final class GoneAddressTable implements GoneAddresses {

  private static final Logger log = LoggerFactory.getLogger(GoneAddressTable.class);

  private static final int LONGEST_SHOWN = 100;
  private static final int LONGEST_REASON = 500;

  private final JdbcClient database;
  private final GoneAddressProperties properties;
  private final Clock clock;

  GoneAddressTable(JdbcClient database, GoneAddressProperties properties, Clock clock) {
    this.database = database;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public List<GoneAddress> of(String ownerId, String channel) {
    // A channel that was taken off the list is called again at once.
    return properties.channels().contains(channel)
        ? of(ownerId).stream().filter(address -> address.channel().equals(channel)).toList()
        : List.of();
  }

  /** Those of an owner on all channels. */
  List<GoneAddress> of(String ownerId) {
    return database
        .sql(
            """
            select channel, address_digest, reason, gone_since
            from notification.gone_addresses gone
            where owner_id = :owner and gone_since >= :oldest and not exists (
                select from notification.recipients
                where recipient_id = :recipient and changed_at > gone.sent_at)
            order by gone_since, channel, address_digest
            """)
        .param("owner", StorableKey.of(ownerId).key())
        .param("recipient", StorableText.escape(ownerId))
        .param("oldest", Rows.utc(oldest()))
        .query((row, number) -> address(row))
        .list();
  }

  @Override
  public void add(String ownerId, String channel, String address, String reason, Instant sentAt) {
    if (!properties.channels().contains(channel)) {
      return;
    }
    String line = OneLine.of(reason, LONGEST_REASON);
    database
        .sql(
            """
            insert into notification.gone_addresses
                (owner_id, channel, address_digest, reason, sent_at, gone_since)
            values (:owner, :channel, :digest, :reason, :sentAt, :now)
            on conflict (owner_id, channel, address_digest) do update
                set reason = excluded.reason, sent_at = excluded.sent_at,
                    gone_since = excluded.gone_since
            """)
        .param("owner", StorableKey.of(ownerId).key())
        .param("channel", channel)
        .param("digest", GoneAddress.digest(address))
        .param("reason", StorableText.escape(line))
        .param("sentAt", Rows.utc(sentAt))
        .param("now", Rows.utc(clock.instant()))
        .update();
    log.info(
        "An address of owner '{}' for {} is gone; no message goes there until the recipient is"
            + " written anew, or for {}: {}",
        OneLine.of(ownerId, LONGEST_SHOWN),
        channel,
        properties.retention(),
        line);
  }

  /** Takes back all of an owner, so that the next message is tried; the number of them. */
  int takeBack(String ownerId) {
    return database
        .sql("delete from notification.gone_addresses where owner_id = :owner")
        .param("owner", StorableKey.of(ownerId).key())
        .update();
  }

  @Override
  public void forget() {
    ExpiredRows.delete(database, "notification.gone_addresses", "gone_since < :before", oldest());
  }

  private Instant oldest() {
    return clock.instant().minus(properties.retention());
  }

  private static GoneAddress address(ResultSet row) throws SQLException {
    return new GoneAddress(
        row.getString("channel"),
        row.getString("address_digest"),
        StorableText.unescape(row.getString("reason")),
        Rows.instant(row, "gone_since"));
  }
}
