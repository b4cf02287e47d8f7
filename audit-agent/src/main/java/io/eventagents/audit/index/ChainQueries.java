package io.eventagents.audit.index;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.index.CausalOrder.Placed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the events of a chain. A chain is the records of one correlation id; nothing is stored of
 * it beside them. Thread-safe.
 */
public final class ChainQueries {

  /** Records of one chain that are put in order; there is no chain so long but by mistake. */
  private static final int MOST = 1_000_000;

  /** So many are in memory at a time. */
  private static final int EXPORTED = 1000;

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
   * Events of a chain in the order of causes.
   *
   * @param from {@link ChainSlice#next()} of the page before; null for the first
   * @param atMost how many
   * @return without events where none is logged
   * @throws IllegalArgumentException where {@code from} is not of this chain
   */
  public ChainSlice slice(String correlationId, @Nullable String from, int atMost) {
    String id = IndexedText.of(correlationId);
    List<ChainLink> links = links(id, MOST + 1);
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
    List<Placed<ChainLink>> order = CausalOrder.of(links(id, MOST));
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

  private List<ChainRecord> events(
      String chain, List<Placed<ChainLink>> page, List<Placed<ChainLink>> all) {
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

  /** The records of a chain by {@code occurred_at}. */
  private List<ChainLink> links(String chain, int atMost) {
    return jdbc.sql(
            """
            select number, event_id, causation_id from audit.records where correlation_id = ?
            order by occurred_at, number limit ?
            """)
        .param(chain)
        .param(atMost)
        .query((row, n) -> new ChainLink(row.getLong(1), row.getString(2), row.getString(3)))
        .list();
  }
}
