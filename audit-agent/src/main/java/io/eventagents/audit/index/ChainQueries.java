package io.eventagents.audit.index;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.index.CausalOrder.Placed;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds chains. A chain is the records of one correlation id; nothing is stored of it beside them.
 * Thread-safe.
 */
public final class ChainQueries {

  /** Records of one chain that are put in order; there is no chain so long but by mistake. */
  private static final int MOST = 1_000_000;

  /** Records of one chain that a list looks at. */
  private static final int LOOKED_AT = 10_000;

  /** So many are in memory at a time. */
  private static final int EXPORTED = 1000;

  private static final String LINK =
      """
      r.number, r.event_id, r.event_type, r.source, r.causation_id, r.record_key, r.occurred_at""";

  /**
   * The first record of each chain by time, walked from now backwards: of each record it is looked
   * up whether it is the first. A subquery, since a join would be made for all records at once.
   */
  private static final String FIRST_OF_CHAIN =
      """
      select r.correlation_id, r.occurred_at, r.number from audit.records r
      where r.number = (
        select e.number from audit.records e where e.correlation_id = r.correlation_id
        order by e.occurred_at, e.number limit 1)""";

  private final JdbcClient jdbc;
  private final RecordQueries records;
  private final Calls calls;

  /**
   * @param schema says that the tables are there
   */
  public ChainQueries(JdbcClient jdbc, RecordQueries records, Calls calls, DatabaseSchema schema) {
    RecordIndex.requireAudit(schema);
    this.jdbc = jdbc;
    this.records = records;
    this.calls = calls;
  }

  /**
   * Chains, the one whose first event is the latest at the front.
   *
   * @param after where the page before ended; null for the first
   * @param atMost how many
   */
  public List<ChainSummary> page(@Nullable Cursor after, int atMost) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(
            FIRST_OF_CHAIN
                + (after == null ? "" : " and (r.occurred_at, r.number) < (?, ?)")
                + " order by r.occurred_at desc, r.number desc limit ?");
    if (after != null) {
      statement.param(RecordQueries.time(after.occurredAt())).param(after.number());
    }
    Map<String, Cursor> cursors = new LinkedHashMap<>();
    statement
        .param(atMost)
        .query(
            row -> {
              cursors.put(row.getString(1), new Cursor(instant(row, 2), row.getLong(3)));
            });
    return summaries(cursors);
  }

  /**
   * How many chains began behind that one: what a list that is open lacks.
   *
   * @param than the first chain of the list
   * @param atMost where to stop counting
   */
  public int newer(Cursor than, int atMost) {
    return jdbc.sql(
            "select count(*) from ("
                + FIRST_OF_CHAIN
                + " and (r.occurred_at, r.number) > (?, ?)"
                + " order by r.occurred_at desc, r.number desc limit ?) newer")
        .param(RecordQueries.time(than.occurredAt()))
        .param(than.number())
        .param(atMost)
        .query(Integer.class)
        .single();
  }

  /** A chain in short; empty where none of its records is logged. */
  public Optional<ChainSummary> summary(String correlationId) {
    List<ChainSummary> found = summaries(List.of(correlationId));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  /** Chains in short, in the order of the ids; those of which no record is logged are left out. */
  public List<ChainSummary> summaries(List<String> correlationIds) {
    Map<String, Cursor> cursors = new LinkedHashMap<>();
    for (String id : correlationIds) {
      cursors.put(IndexedText.of(id), new Cursor(Instant.EPOCH, 0));
    }
    return summaries(cursors);
  }

  /**
   * Events of a chain in the order of causes.
   *
   * @param from {@link ChainSlice#next()} of the page before; null for the first
   * @param atMost how many
   * @return without events where none is logged
   * @throws IllegalArgumentException where {@code from} is not of this chain
   */
  public ChainSlice slice(String correlationId, @Nullable String from, int atMost) {
    String id = IndexedText.of(correlationId);
    List<ChainLink> links = links(List.of(id), MOST + 1).getOrDefault(id, List.of());
    boolean truncated = links.size() > MOST;
    List<Placed<ChainLink>> order = CausalOrder.of(truncated ? links.subList(0, MOST) : links);
    int begin = from == null ? 0 : position(order, from);
    int end = (int) Math.min(order.size(), (long) begin + atMost);
    return new ChainSlice(
        events(id, order.subList(begin, end), order),
        end < order.size() ? Long.toString(order.get(end).event().number(), 36) : null,
        truncated);
  }

  /** Whether a record of the chain is logged. */
  public boolean exists(String correlationId) {
    return records.exists(RecordFilter.ofChain(correlationId));
  }

  /**
   * All events of a chain in the order of causes.
   *
   * @throws IOException as the receiver throws it
   */
  public void export(String correlationId, Receiver to) throws IOException {
    String id = IndexedText.of(correlationId);
    List<Placed<ChainLink>> order = CausalOrder.of(links(List.of(id), MOST).getOrDefault(id, List.of()));
    for (int begin = 0; begin < order.size(); begin += EXPORTED) {
      int end = Math.min(order.size(), begin + EXPORTED);
      for (ChainRecord event : events(id, order.subList(begin, end), order)) {
        to.accept(event);
      }
    }
  }

  /** Takes the events of a chain, one after the other. */
  @FunctionalInterface
  public interface Receiver {

    /** Takes the next. */
    void accept(ChainRecord event) throws IOException;
  }

  /** A page begins with an event, wherever it stands by now. */
  private static int position(List<Placed<ChainLink>> order, String from) {
    long number;
    try {
      number = Long.parseLong(from, 36);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not the cursor of a chain", e);
    }
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).event().number() == number) {
        return i;
      }
    }
    throw new IllegalArgumentException("not a cursor of this chain");
  }

  private List<ChainRecord> events(String chain, List<Placed<ChainLink>> page, List<Placed<ChainLink>> all) {
    Map<Long, FoundRecord> found =
        records.byNumber(chain, page.stream().map(each -> each.event().number()).toList());
    Set<String> known = new HashSet<>();
    all.forEach(
        each -> {
          if (each.event().eventId() != null) {
            known.add(each.event().eventId());
          }
        });
    Set<String> outside = new HashSet<>();
    for (Placed<ChainLink> each : page) {
      String cause = each.event().causationId();
      if (cause != null && !known.contains(cause)) {
        outside.add(cause);
      }
    }
    Predicate<String> missing = missing(chain, outside);
    List<ChainRecord> events = new ArrayList<>(page.size());
    for (Placed<ChainLink> each : page) {
      FoundRecord record = found.get(each.event().number());
      // Gone where the index is made again at this moment: the next look shows it.
      if (record != null) {
        String cause = record.causationId();
        events.add(
            new ChainRecord(
                record,
                each.depth(),
                each.occurrences(),
                cause != null && outside.contains(cause) && missing.test(cause)));
      }
    }
    return events;
  }

  private List<ChainSummary> summaries(Map<String, Cursor> cursors) {
    Map<String, List<ChainLink>> links = links(cursors.keySet(), LOOKED_AT + 1);
    Map<String, ChainDigest> digests = new LinkedHashMap<>();
    Map<String, String> chainOfCause = new LinkedHashMap<>();
    cursors
        .keySet()
        .forEach(
            id -> {
              List<ChainLink> ofChain = links.getOrDefault(id, List.of());
              if (!ofChain.isEmpty()) {
                ChainDigest digest = new ChainDigest(ofChain);
                digests.put(id, digest);
                digest.outsideCauses().forEach(cause -> chainOfCause.put(cause, id));
              }
            });
    Set<String> logged = logged(chainOfCause.keySet());
    List<ChainSummary> summaries = new ArrayList<>();
    digests.forEach(
        (id, digest) -> {
          ChainSummary summary =
              digest.summary(
                  id,
                  cause -> !logged.contains(cause) && !calls.isCall(cause, id),
                  Objects.requireNonNull(cursors.get(id)));
          summaries.add(
              links.getOrDefault(id, List.of()).size() > LOOKED_AT ? counted(summary) : summary);
        });
    return summaries;
  }

  /** A chain that is too long to be looked at whole is at least counted, from the index alone. */
  private ChainSummary counted(ChainSummary part) {
    String id = part.correlationId();
    long count =
        jdbc.sql("select count(*) from audit.records where correlation_id = ?")
            .param(id)
            .query(Long.class)
            .single();
    ChainLink last =
        jdbc.sql(
                "select "
                    + LINK
                    + " from audit.records r where r.correlation_id = ?"
                    + " order by r.occurred_at desc, r.number desc limit 1")
            .param(id)
            .query((row, n) -> link(row))
            .single();
    return new ChainSummary(
        id,
        part.root(),
        ChainSummary.Link.of(last),
        part.sources(),
        count,
        part.firstAt(),
        last.occurredAt(),
        part.failures(),
        part.missingParents(),
        true,
        part.cursor());
  }

  private Predicate<String> missing(String chain, Set<String> causes) {
    Set<String> logged = logged(causes);
    return cause -> !logged.contains(cause) && !calls.isCall(cause, chain);
  }

  /** Which of the ids are events that are logged, in whatever chain. */
  private Set<String> logged(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        jdbc.sql(
                """
                select c.id from unnest(?::text[]) c (id)
                where (select e.number from audit.records e where e.event_id = c.id limit 1) is not null
                """)
            .param(ids.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /** The records of chains by {@code occurred_at}, so many of each at most. */
  private Map<String, List<ChainLink>> links(Collection<String> ids, int ofEach) {
    Map<String, List<ChainLink>> links = new LinkedHashMap<>();
    jdbc.sql(
            "select c.id, l.* from unnest(?::text[]) c (id), lateral (select "
                + LINK
                + " from audit.records r where r.correlation_id = c.id"
                + " order by r.occurred_at, r.number limit ?) l")
        .param(ids.toArray(String[]::new))
        .param(ofEach)
        .query(
            row -> {
              links.computeIfAbsent(row.getString("id"), id -> new ArrayList<>()).add(link(row));
            });
    return links;
  }

  private static ChainLink link(ResultSet row) throws SQLException {
    return new ChainLink(
        row.getLong("number"),
        row.getString("event_id"),
        row.getString("event_type"),
        row.getString("source"),
        row.getString("causation_id"),
        row.getString("record_key"),
        Objects.requireNonNull(row.getObject("occurred_at", OffsetDateTime.class)).toInstant());
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
