package io.eventagents.notification.directory;

import io.eventagents.Rows;
import io.eventagents.StorableKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The recipients that clients put over HTTP. Thread-safe. */
final class RecipientTable {

  private final JdbcClient database;
  private final Clock clock;

  RecipientTable(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The recipient of this id. */
  Optional<Recipient> find(String ownerId) {
    // PostgreSQL refuses NUL, which no id in the table has.
    if (!OwnerId.isValid(ownerId)) {
      return Optional.empty();
    }
    return database
        .sql("select document::text from notification.recipients where recipient_id = :id")
        .param("id", ownerId)
        .query(String.class)
        .optional()
        .map(json -> RecipientDocument.tolerant(ownerId, json.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Stores a recipient, or replaces the one with the same id; true if there was none. Addresses
   * that were gone are tried again.
   */
  boolean put(Recipient recipient) {
    return database
        .sql(
            "with "
                + GoneAddressTable.TAKE_BACK
                + """
            insert into notification.recipients (recipient_id, document, changed_at)
            values (:id, :document::jsonb, :now)
            on conflict (recipient_id) do update
                set document = excluded.document, changed_at = excluded.changed_at
            returning (xmax = 0)
            """)
        .param("owner", StorableKey.of(recipient.id()).key())
        .param("ownerDigest", GoneAddressTable.ownerDigest(recipient.id()))
        .param("id", recipient.id())
        .param("document", RecipientDocument.write(recipient))
        .param("now", Rows.utc(clock.instant()))
        .query(Boolean.class)
        .single();
  }

  /** Deletes a recipient, also what is known of addresses that are gone; false if there is none. */
  boolean delete(String id) {
    return database
            .sql(
                "with "
                    + GoneAddressTable.TAKE_BACK
                    + "delete from notification.recipients where recipient_id = :id")
            .param("owner", StorableKey.of(id).key())
            .param("ownerDigest", GoneAddressTable.ownerDigest(id))
            .param("now", Rows.utc(clock.instant()))
            .param("id", id)
            .update()
        > 0;
  }
}
