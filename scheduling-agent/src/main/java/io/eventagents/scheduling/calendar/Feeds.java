package io.eventagents.scheduling.calendar;

import io.eventagents.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secret feeds in the database, which stores only a digest of each secret. */
public final class Feeds {

  private final JdbcClient database;

  public Feeds(JdbcClient database) {
    this.database = database;
  }

  /** Adds a feed, unless its owner has too many; returns whether it did. */
  boolean add(Feed feed, FeedToken token, int most) {
    return database
            .sql(
                """
                insert into scheduling.feeds (feed_id, owner_id, token_digest, created_at)
                select :id, :owner_id, :digest, :created_at
                where (select count(*) from scheduling.feeds where owner_id = :owner_id) < :most
                """)
            .param("id", feed.id())
            .param("owner_id", feed.ownerId())
            .param("digest", token.digest())
            .param("created_at", Rows.utc(feed.createdAt()))
            .param("most", most)
            .update()
        == 1;
  }

  List<Feed> ofOwner(String ownerId) {
    return database
        .sql(
            """
            select feed_id, owner_id, created_at from scheduling.feeds where owner_id = :owner_id
            order by created_at, feed_id
            """)
        .param("owner_id", ownerId)
        .query(Feeds::feed)
        .list();
  }

  /** Deletes a feed; returns whether there was one. */
  boolean revoke(String ownerId, UUID id) {
    return database
            .sql("delete from scheduling.feeds where feed_id = :id and owner_id = :owner_id")
            .param("id", id)
            .param("owner_id", ownerId)
            .update()
        == 1;
  }

  /** The owner of the calendar that the secret opens. */
  Optional<String> ownerOf(FeedToken token) {
    return database
        .sql("select owner_id from scheduling.feeds where token_digest = :digest")
        .param("digest", token.digest())
        .query(String.class)
        .optional();
  }

  private static Feed feed(ResultSet row, int number) throws SQLException {
    return new Feed(
        row.getObject("feed_id", UUID.class),
        row.getString("owner_id"),
        Rows.instant(row, "created_at"));
  }
}
