package io.eventagents.audit.index;

import io.eventagents.DatabaseSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells which events recently led to which. Thread-safe. */
public final class FlowQueries {

  /**
   * Reads the newest records of the period, so that a busy hour takes no longer than a quiet one,
   * and looks up the cause of each. Anybody may write any number of names, as long as the index
   * allows, so only the most frequent flows count, and only the beginning of a name.
   */
  private static final String FLOWS =
      """
      select left(c.event_type, 200) as cause_type, left(c.source, 200) as cause_source,
        left(r.event_type, 200) as type, left(r.source, 200) as source,
        least(floor(extract(epoch from r.occurred_at - :since) / :part), :last)::int as part,
        count(*) as count,
        coalesce(sum(greatest(extract(epoch from r.occurred_at - c.occurred_at), 0)), 0)::float8 as seconds
      from (
        select * from audit.records
        where occurred_at >= :since and occurred_at < :until and event_type is not null and source is not null
        order by occurred_at desc, number desc limit :limit) r
      left join lateral (
        select e.event_type, e.source, e.occurred_at from audit.records e
        where e.event_id = r.causation_id order by e.number limit 1) c on true
      group by 1, 2, 3, 4, 5
      order by count desc, 4, 3, 2, 1, 5 limit :flows
      """;

  /** Two hundred agents do not have more. */
  private static final int FLOWS_AT_MOST = 20_000;

  private final JdbcClient jdbc;

  /**
   * @param schema proof that the tables exist
   */
  public FlowQueries(JdbcClient jdbc, DatabaseSchema schema) {
    RecordIndex.requireAudit(schema);
    this.jdbc = jdbc;
  }

  /**
   * The flows of a period.
   *
   * @param parts how many parts the period is divided into
   * @param atMost how many records are read, the newest
   */
  public List<Flow> since(Instant since, Instant until, int parts, int atMost) {
    return jdbc.sql(FLOWS)
        .param("since", StorableTime.parameter(since))
        .param("until", StorableTime.parameter(until))
        .param("part", Duration.between(since, until).toMillis() / 1000.0 / parts)
        .param("last", parts - 1)
        .param("limit", atMost)
        .param("flows", FLOWS_AT_MOST)
        .query(new SimplePropertyRowMapper<>(Flow.class))
        .list();
  }
}
