package io.eventagents.audit.index;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds chains and their events, without the content of the events. Thread-safe. */
public final class ChainOutlines {

  private static final String BRIEF =
      """
      r.number, r.record_key, r.event_id, r.event_type, r.source, r.correlation_id, r.causation_id,
      r.occurred_at,\s""";

  private static final String MISMATCHING = "r.mismatches is not null as mismatching";

  private static final String POSITION =
      """
      , r.topic_id, r.topic, r.partition, r."offset", r.logged_at\s""";

  /** The columns behind the data. */
  private static final String PLACE = ", " + MISMATCHING + POSITION;

  private static final String NO_DATA = "null as data";

  /** How many characters of its data an event has here. */
  public static final int LOOKED_INTO = 8 * 1024;

  /** The data of the wanted types, as they are stored: large ones are not read yet. */
  private static final String WANTED =
      "case when r.event_type = any(:types) then r.data end as data";

  /** The beginning of long data. */
  private static final String DATA =
      "case when octet_length(r.data) > %1$d then left(r.data, %1$d) else r.data end as data"
          .formatted(LOOKED_INTO);

  /** The size of the bounded texts, and of what is read of the data. */
  private static final String BYTES =
      """
      256 + coalesce(octet_length(r.record_key), 0) + coalesce(octet_length(r.event_id), 0)
        + coalesce(octet_length(r.event_type), 0) + coalesce(octet_length(r.source), 0)
        + coalesce(octet_length(r.causation_id), 0) + coalesce(octet_length(r.correlation_id), 0)
        + case when r.event_type = any(:types) then least(coalesce(octet_length(r.data), 0), %d) else 0 end
        as bytes"""
          .formatted(4 * LOOKED_INTO);

  private static final String IN_TIME = "r.occurred_at, r.number";

  /** The most bytes for each chain or entity, if there are several. */
  private static final int BYTES_OF_EACH = 256 * 1024;

  /** A subquery, run for one record after the other: a join would read all records at once. */
  private static final String FIRST =
      """
      r.number = (
        select e.number from audit.records e where e.correlation_id = r.correlation_id
        order by e.occurred_at, e.number limit 1)
      """;

  private static final String FIRST_OR_ALONE = "(r.correlation_id is null or " + FIRST + ")";

  private final JdbcClient jdbc;

  /**
   * @param schema proof that the tables exist
   */
  public ChainOutlines(JdbcClient jdbc, DatabaseSchema schema) {
    RecordIndex.requireAudit(schema);
    this.jdbc = jdbc;
  }

  /**
   * All records of a chain, with repeated ones, by {@code occurred_at} and position.
   *
   * @param withData the types whose data are wanted
   * @param atMost how many records
   * @param bytes how large they may be together
   */
  public Part<OutlinedEvent> of(
      String correlationId, Collection<String> withData, int atMost, long bytes) {
    return jdbc.sql(
            PartRows.within(
                BRIEF + DATA + ", r.mismatching" + POSITION,
                """
                select %s from audit.records r where r.correlation_id = :chain
                order by r.occurred_at, r.number limit :limit"""
                    .formatted(BRIEF + WANTED + PLACE + ", " + BYTES),
                IN_TIME,
                bytes))
        .param("types", withData.toArray(String[]::new))
        .param("chain", IndexedText.of(correlationId))
        .param("limit", atMost + 1)
        .query(new PartRows<>(atMost, bytes, new Rows(true)));
  }

  /**
   * The records of several chains, by chain and time, without their places. A chain that has more
   * than are wanted, or larger ones, is left out.
   *
   * @param withData the types whose data are wanted
   * @param atMost how many records of each
   * @param bytes how large the records may be together
   */
  public Part<OutlinedEvent> ofEach(
      Collection<String> correlationIds, Collection<String> withData, int atMost, long bytes) {
    return jdbc.sql(
            "select r.* from unnest(:chains) as c (id) cross join lateral ("
                + PartRows.within(
                    BRIEF + DATA,
                    """
                    select %s from audit.records r where r.correlation_id = c.id
                    order by r.occurred_at, r.number limit :limit"""
                        .formatted(BRIEF + WANTED + ", " + BYTES),
                    IN_TIME,
                    ofEach(correlationIds, bytes))
                + ") r")
        .param("types", withData.toArray(String[]::new))
        .param("chains", correlationIds.toArray(String[]::new))
        .param("limit", atMost + 1)
        .query(new WholeChains(atMost));
  }

  /**
   * Records of entities, in any chain, by {@code occurred_at}, without their places.
   *
   * @param since the keys of the entities, each with the earliest time
   * @param types the types that are wanted, with their data
   * @param atMost how many records of each entity are read
   * @param bytes how large the records may be together
   */
  public Part<OutlinedEvent> ofEntities(
      Map<String, Instant> since, Collection<String> types, int atMost, long bytes) {
    return jdbc.sql(
            "select r.* from unnest(:entities, :since::timestamptz[]) as c (entity, since)"
                + " cross join lateral ("
                + PartRows.within(
                    BRIEF + DATA,
                    """
                    select %s from (
                      select * from audit.records e
                      where e.record_key = c.entity and e.occurred_at >= c.since
                      order by e.occurred_at, e.number limit :limit) r
                    where r.event_type = any(:types)"""
                        .formatted(BRIEF + "r.data, " + BYTES),
                    IN_TIME,
                    ofEach(since.keySet(), bytes))
                + ") r")
        .param("entities", since.keySet().toArray(String[]::new))
        .param("since", since.values().stream().map(Instant::toString).toArray(String[]::new))
        .param("types", types.toArray(String[]::new))
        .param("limit", atMost)
        .query(new PartRows<>(Integer.MAX_VALUE, Long.MAX_VALUE, new Rows(false)));
  }

  private static long ofEach(Collection<String> several, long bytes) {
    return Math.min(BYTES_OF_EACH, bytes / Math.max(1, several.size()));
  }

  /** The ids among these whose events are logged, in any chain. */
  public Set<String> logged(Collection<String> eventIds) {
    return eventIds.isEmpty()
        ? Set.of()
        : Set.copyOf(
            jdbc.sql(
                    """
                    select c.id from unnest(:ids::text[]) c (id)
                    where (select e.number from audit.records e where e.event_id = c.id limit 1) is not null
                    """)
                .param("ids", eventIds.toArray(String[]::new))
                .query(String.class)
                .list());
  }

  /**
   * What the order of a chain depends on, of its records by {@code occurred_at}. The ids are short
   * by themselves.
   */
  Part<ChainLink> links(String correlationId, int atMost, long bytes) {
    return jdbc.sql(
            PartRows.within(
                "r.number, r.occurred_at, r.event_id, r.causation_id",
                """
                select r.number, r.occurred_at, r.event_id, r.causation_id,
                  64 + coalesce(octet_length(r.event_id), 0) + coalesce(octet_length(r.causation_id), 0) as bytes
                from audit.records r where r.correlation_id = :chain
                order by r.occurred_at, r.number limit :limit""",
                IN_TIME,
                bytes))
        .param("chain", correlationId)
        .param("limit", atMost + 1)
        .query(
            new PartRows<>(
                atMost,
                bytes,
                (row, n) ->
                    new ChainLink(
                        row.getLong(1),
                        StorableTime.read(row, 2),
                        row.getString(3),
                        row.getString(4))));
  }

  /**
   * The headers of the records of a chain that name a trace, as JSON text, by time.
   *
   * @param atMost how many records
   * @param bytes how large they may be together
   */
  public Part<String> tracedHeaders(String correlationId, int atMost, long bytes) {
    return jdbc.sql(
            PartRows.within(
                PartRows.ifFits("headers", bytes),
                """
                select r.number, r.occurred_at, r.headers, octet_length(r.headers) as bytes
                from audit.records r
                where r.correlation_id = :chain and r.headers like '%"traceparent"%'
                order by r.occurred_at, r.number limit :limit""",
                IN_TIME,
                bytes))
        .param("chain", IndexedText.of(correlationId))
        .param("limit", atMost + 1)
        .query(new PartRows<>(atMost, bytes, (row, number) -> row.getString("headers")));
  }

  /**
   * The first records of chains, the latest chain first, and records that belong to no chain.
   *
   * @param before the end of the page before; null for the first page
   */
  public List<OutlinedEvent> newest(@Nullable Cursor before, int atMost) {
    return newest(FIRST_OR_ALONE, before, atMost);
  }

  /** The same, without records that belong to no chain. */
  public List<OutlinedEvent> newestChains(@Nullable Cursor before, int atMost) {
    return newest(FIRST, before, atMost);
  }

  private List<OutlinedEvent> newest(String starts, @Nullable Cursor before, int atMost) {
    String condition = before == null ? "" : " and (r.occurred_at, r.number) < (:time, :number)";
    return select(
        "where " + starts + condition + " order by r.occurred_at desc, r.number desc",
        before,
        atMost);
  }

  /** The extent of a chain that has at least one record. */
  public ChainExtent extent(String correlationId) {
    return jdbc.sql(
            """
            select count(*), coalesce(min(occurred_at), 'epoch'), coalesce(max(occurred_at), 'epoch'),
              coalesce(max(number), 0)
            from audit.records where correlation_id = :chain
            """)
        .param("chain", IndexedText.of(correlationId))
        .query(
            (row, number) ->
                new ChainExtent(
                    row.getLong(1),
                    StorableTime.read(row, 2),
                    StorableTime.read(row, 3),
                    row.getLong(4)))
        .single();
  }

  /**
   * The number of chains that began after a place.
   *
   * @param atMost where to stop counting
   */
  public int newer(Cursor than, int atMost) {
    return select(
            "where "
                + FIRST_OR_ALONE
                + " and (r.occurred_at, r.number) > (:time, :number) order by r.occurred_at, r.number",
            than,
            atMost)
        .size();
  }

  /** The first record of a chain; empty if none of it is logged. */
  public List<OutlinedEvent> start(String correlationId) {
    return of(correlationId, List.of(), 1, AnswerRoom.PART).rows();
  }

  /**
   * Deliveries that were replayed or discarded, in the order of the log.
   *
   * @param since the earliest {@code occurred_at}
   * @param after only events behind this number in the index
   * @param bytes how large they may be together; events with larger data than ours are left out
   */
  public Part<Confirmation> confirmations(Instant since, long after, int atMost, long bytes) {
    return jdbc.sql(
            PartRows.within(
                "r.number, r.event_type, r.data",
                """
                select number, event_type, data, 64 + octet_length(data) as bytes from audit.records
                where event_type in ('delivery.replayed', 'delivery.discarded')
                  and occurred_at >= :since and number > :after and octet_length(data) <= 65536
                order by number limit :limit""",
                "r.number",
                bytes))
        .param("since", StorableTime.parameter(since))
        .param("after", after)
        .param("limit", atMost + 1)
        .query(
            new PartRows<>(
                atMost,
                bytes,
                (row, number) ->
                    new Confirmation(row.getLong(1), row.getString(2), row.getString(3))));
  }

  private List<OutlinedEvent> select(String where, @Nullable Cursor cursor, int atMost) {
    return jdbc.sql(
            "select " + BRIEF + NO_DATA + PLACE + "from audit.records r " + where + " limit :limit")
        .params(
            cursor == null
                ? Map.of()
                : Map.of(
                    "time", StorableTime.parameter(cursor.occurredAt()), "number", cursor.number()))
        .param("limit", atMost)
        .query(new Rows(true))
        .list();
  }

  /** Leaves out chains that were not read completely. */
  private static final class WholeChains implements ResultSetExtractor<Part<OutlinedEvent>> {

    private final int atMost;
    private final Rows rows = new Rows(false);
    private final Map<String, List<OutlinedEvent>> chains = new HashMap<>();
    private final List<OutlinedEvent> whole = new ArrayList<>();
    private long bytes;

    WholeChains(int atMost) {
      this.atMost = atMost;
    }

    @Override
    public Part<OutlinedEvent> extractData(ResultSet row) throws SQLException {
      while (row.next()) {
        OutlinedEvent event = rows.mapRow(row, 0);
        List<OutlinedEvent> chain =
            chains.computeIfAbsent(
                Objects.requireNonNull(event.correlationId()), id -> new ArrayList<>());
        chain.add(event);
        bytes += row.getLong("bytes");
        // If a chain is cut, each of its rows has others behind it.
        if (!row.getBoolean("more") && chain.size() <= atMost) {
          whole.addAll(chain);
        }
      }
      return Part.of(whole, bytes, false);
    }
  }

  /** Reads rows by the positions of their columns, because there are thousands of them. */
  private static final class Rows implements RowMapper<OutlinedEvent> {

    private final boolean withPlace;
    private @Nullable UUID topic;
    private String topicId = "";

    Rows(boolean withPlace) {
      this.withPlace = withPlace;
    }

    @Override
    public OutlinedEvent mapRow(ResultSet row, int number) throws SQLException {
      return new OutlinedEvent(
          withPlace ? place(row) : null,
          row.getLong(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getString(7),
          StorableTime.read(row, 8),
          withPlace && row.getBoolean(10),
          row.getString(9));
    }

    private RecordPlace place(ResultSet row) throws SQLException {
      return new RecordPlace(
          topicId(row.getObject(11, UUID.class)),
          row.getString(12),
          row.getInt(13),
          row.getLong(14),
          StorableTime.read(row, 15));
    }

    /** Most records of a chain are in few topics. */
    private String topicId(UUID of) {
      if (!of.equals(topic)) {
        topic = of;
        topicId = RecordPlace.topicId(of);
      }
      return topicId;
    }
  }
}
