package io.eventagents.audit.index;

import io.eventagents.DatabaseSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells which events led to which, lately. Thread-safe. */
public final class FlowQueries {

  /**
   * The newest records of the time, so that a busy hour takes no longer than a quiet one; each with
   * its cause, which is looked up one by one. Anybody may write any name, each time another, of any
   * length that the index keeps: what there is most of counts, and the begin of a name.
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

  /** Two hundred agents have no more. */
  private static final int FLOWS_AT_MOST = 20_000;

  private final JdbcClient jdbc;

  /**
   * @param schema says that the tables are there
   */
  public FlowQueries(JdbcClient jdbc, DatabaseSchema schema) {
    RecordIndex.requireAudit(schema);
    this.jdbc = jdbc;
  }

  /**
   * The flows of some time.
   *
   * @param parts into how many parts it is cut
   * @param atMost how many records are looked at, the newest
   */
  public List<Flow> since(Instant since, Instant until, int parts, int atMost) {
    return jdbc.sql(FLOWS)
        .param("since", StorableTime.parameter(since))
        .param("until", StorableTime.parameter(until))
        .param("part", Duration.between(since, until).toMillis() / 1000.0 / parts)
        .param("last", parts - 1)
        .param("limit", atMost)
        .param("flows", FLOWS_AT_MOST)
        .query(Flow.class)
        .list();
  }
}
