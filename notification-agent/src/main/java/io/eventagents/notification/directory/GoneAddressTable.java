package io.eventagents.notification.directory;

import io.eventagents.ExpiredRows;
import io.eventagents.Rows;
import io.eventagents.Sha256;
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

  /**
   * Takes back all addresses of an owner: common table expressions, for statements that change the
   * recipient too. They use {@code :owner}, {@code :ownerDigest} and {@code :now}.
   */
  static final String TAKE_BACK =
      """
      taken_back as (
          delete from notification.gone_addresses where owner_id = :owner returning owner_id),
      reset as (
          insert into notification.gone_address_resets as last (owner_digest, reset_at)
          values (:ownerDigest, :now)
          on conflict (owner_digest) do update
              set reset_at = greatest(last.reset_at, excluded.reset_at))
      """;

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
                select from notification.gone_address_resets
                where owner_digest = :ownerDigest and reset_at > gone.sent_at)
            order by gone_since, channel, address_digest
            """)
        .param("owner", StorableKey.of(ownerId).key())
        .param("ownerDigest", ownerDigest(ownerId))
        .param("oldest", Rows.utc(oldest()))
        .query((row, number) -> address(row))
        .list();
  }

  @Override
  public void add(String ownerId, String channel, String address, String reason, Instant sentAt) {
    // A reset before such a message may be forgotten already.
    if (!properties.channels().contains(channel) || sentAt.isBefore(oldest())) {
      return;
    }
    String line = OneLine.of(AddressMask.in(reason, address), LONGEST_REASON);
    if (!store(ownerId, channel, address, line, sentAt)) {
      return;
    }
    log.info(
        "An address of owner '{}' for {} is gone; no message goes there until the recipient is"
            + " written anew, or for {}: {}",
        OneLine.of(ownerId, LONGEST_SHOWN),
        channel,
        properties.retention(),
        line);
  }

  /** False if the owner's addresses were reset since the message, or a later one is known. */
  private boolean store(
      String ownerId, String channel, String address, String reason, Instant sentAt) {
    return database
            .sql(
                """
                insert into notification.gone_addresses as known
                    (owner_id, channel, address_digest, reason, sent_at, gone_since)
                select :owner, :channel, :digest, :reason, :sentAt::timestamptz, :now::timestamptz
                where not exists (
                    select from notification.gone_address_resets
                    where owner_digest = :ownerDigest and reset_at > :sentAt)
                on conflict (owner_id, channel, address_digest) do update
                    set reason = excluded.reason, sent_at = excluded.sent_at,
                        gone_since = excluded.gone_since
                    where known.sent_at <= excluded.sent_at
                """)
            .param("owner", StorableKey.of(ownerId).key())
            .param("ownerDigest", ownerDigest(ownerId))
            .param("channel", channel)
            .param("digest", GoneAddress.digest(address))
            .param("reason", StorableText.escape(reason))
            .param("sentAt", Rows.utc(sentAt))
            .param("now", Rows.utc(clock.instant()))
            .update()
        > 0;
  }

  /**
   * Takes back all of an owner, so that the next message is tried, whatever is still reported of
   * older ones; the number of them.
   */
  int takeBack(String ownerId) {
    return database
        .sql("with " + TAKE_BACK + "select count(*) from taken_back")
        .param("owner", StorableKey.of(ownerId).key())
        .param("ownerDigest", ownerDigest(ownerId))
        .param("now", Rows.utc(clock.instant()))
        .query(Integer.class)
        .single();
  }

  /** The owner in {@link #TAKE_BACK}, which also remembers those who were erased. */
  static String ownerDigest(String ownerId) {
    return Sha256.hex(StorableKey.of(ownerId).key());
  }

  @Override
  public void forget() {
    Instant before = oldest();
    ExpiredRows.delete(database, "notification.gone_addresses", "gone_since < :before", before);
    ExpiredRows.delete(database, "notification.gone_address_resets", "reset_at < :before", before);
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
