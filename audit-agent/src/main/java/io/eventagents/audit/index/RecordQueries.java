package io.eventagents.audit.index;

import io.eventagents.DatabaseSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds records in the index. Thread-safe. */
public final class RecordQueries {

  /** All that {@link #record} reads, of {@code audit.records r}. */
  static final String COLUMNS =
      """
      r.topic_id, r.topic, r.partition, r."offset", r.number, r.file, r.position, r.length, r.logged_at,
      r.record_timestamp, r.record_key, r.headers, r.payload, r.event_id, r.event_type, r.source,
      r.correlation_id, r.causation_id, r.occurred_at, r.metadata, r.data, r.mismatches, r.in_part""";

  /**
   * Of an event that was published several times, the record that was logged first stands for it.
   */
  private static final String FIRST_OF_EVENT =
      """
      (r.event_id is null or not exists (
        select from audit.records e
        where e.event_id = r.event_id
          and e.number < r.number))""";

  private static final String OCCURRENCES =
      """
      case when r.event_id is null then 1
        else (select count(*) from audit.records e where e.event_id = r.event_id)
      end as occurrences""";

  private final JdbcClient jdbc;

  /**
   * @param schema says that the tables are there
   */
  public RecordQueries(JdbcClient jdbc, DatabaseSchema schema) {
    RecordIndex.requireAudit(schema);
    this.jdbc = jdbc;
  }

  /**
   * The records of a chain, repeated ones too, by {@code occurred_at} and position.
   *
   * @param atMost how many
   */
  public List<FoundRecord> chain(String correlationId, int atMost) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                , 1 as occurrences from audit.records r where r.correlation_id = ?
                order by r.occurred_at, r.number limit ?
                """)
        .param(IndexedText.of(correlationId))
        .param(atMost)
        .query(RecordQueries::record)
        .list();
  }

  /** The records of a chain with these numbers, by number. */
  Map<Long, FoundRecord> byNumber(String chain, Collection<Long> numbers) {
    Map<Long, FoundRecord> found = new HashMap<>();
    jdbc.sql(
            "select "
                + COLUMNS
                + """
                , 1 as occurrences from audit.records r
                where r.correlation_id = ? and r.number = any (?)
                """)
        .param(chain)
        .param(numbers.toArray(Long[]::new))
        .query(RecordQueries::record)
        .list()
        .forEach(record -> found.put(record.number(), record));
    return found;
  }

  /**
   * The causes of an event: the one that caused it, the one that caused that, and so on, as far as
   * they are logged.
   *
   * @param atMost how many
   */
  public List<FoundRecord> ancestors(String eventId, int atMost) {
    Map<String, FoundRecord> ancestors = new LinkedHashMap<>();
    List<FoundRecord> found = event(eventId, 1);
    Set<String> seen = new HashSet<>(Set.of(IndexedText.of(eventId)));
    while (!found.isEmpty() && ancestors.size() < atMost) {
      String cause = found.getFirst().causationId();
      if (cause == null || !seen.add(cause)) {
        break;
      }
      found = event(cause, 1);
      found.forEach(record -> ancestors.put(cause, record));
    }
    return List.copyOf(ancestors.values());
  }

  /** Whether there is a record of that. */
  public boolean exists(RecordFilter filter) {
    Conditions conditions = conditions(filter);
    return jdbc.sql("select exists (select from audit.records r where " + conditions.sql() + ")")
        .params(conditions.parameters())
        .query(Boolean.class)
        .single();
  }

  /**
   * The records of an event, the one that was logged first at the front.
   *
   * @param atMost how many
   */
  public List<FoundRecord> event(String eventId, int atMost) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + ", "
                + OCCURRENCES
                + """
                 from audit.records r where r.event_id = ?
                order by r.number limit ?
                """)
        .param(IndexedText.of(eventId))
        .param(atMost)
        .query(RecordQueries::record)
        .list();
  }

  /**
   * Events, the latest first, each once; and records without an event id.
   *
   * @param after where the page before ended; null for the first
   * @param atMost how many
   */
  public List<FoundRecord> page(RecordFilter filter, @Nullable Cursor after, int atMost) {
    Conditions conditions = conditions(filter);
    if (after != null) {
      conditions.add(
          "(r.occurred_at, r.number) < (?, ?)", time(after.occurredAt()), after.number());
    }
    conditions.add(FIRST_OF_EVENT);
    return jdbc.sql(
            "select "
                + COLUMNS
                + ", "
                + OCCURRENCES
                + " from audit.records r where "
                + conditions.sql()
                + " order by r.occurred_at desc, r.number desc limit "
                + atMost)
        .params(conditions.parameters())
        .query(RecordQueries::record)
        .list();
  }

  private static Conditions conditions(RecordFilter filter) {
    Conditions conditions = new Conditions();
    conditions.addText("r.event_type = ?", filter.eventType());
    conditions.addText("r.source = ?", filter.source());
    conditions.addText("r.correlation_id = ?", filter.correlationId());
    conditions.addText("r.causation_id = ?", filter.causationId());
    conditions.addText("r.record_key = ?", filter.entity());
    conditions.addText("r.event_id = ?", filter.eventId());
    long[] terms = terms(filter);
    if (filter.text() != null && terms.length == 0) {
      conditions.add("false"); // no word in it
    } else if (terms.length > 0) {
      // In the text, so that each is planned for: a rare term by its index, a frequent one by time.
      conditions.add("r.terms @> '" + Terms.of(terms, terms.length).text() + "'::bigint[]");
    }
    if (filter.from() != null) {
      conditions.add("r.occurred_at >= ?", time(filter.from()));
    }
    if (filter.to() != null) {
      conditions.add("r.occurred_at < ?", time(filter.to()));
    }
    if (filter.unreadable() != null) {
      conditions.add("r.event_type is " + (filter.unreadable() ? "null" : "not null"));
    }
    return conditions;
  }

  private static long[] terms(RecordFilter filter) {
    LongStream.Builder terms = LongStream.builder();
    if (filter.topic() != null) {
      terms.add(Terms.topic(filter.topic()));
    }
    if (filter.value() != null) {
      terms.add(
          filter.field() == null
              ? Terms.value(filter.value())
              : Terms.field(filter.field(), filter.value()));
    }
    if (filter.text() != null) {
      Words words = new Words(filter.text(), filter.text().length());
      while (words.next()) {
        terms.add(Terms.value(filter.text(), words.from(), words.to()));
      }
    }
    return terms.build().toArray();
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static FoundRecord record(ResultSet row, int number) throws SQLException {
    return new FoundRecord(
        row.getObject("topic_id", UUID.class),
        row.getString("topic"),
        row.getInt("partition"),
        row.getLong("offset"),
        row.getLong("number"),
        row.getString("file"),
        row.getLong("position"),
        row.getInt("length"),
        Objects.requireNonNull(instant(row, "logged_at")),
        instant(row, "record_timestamp"),
        row.getString("record_key"),
        row.getString("headers"),
        row.getString("payload"),
        row.getString("event_id"),
        row.getString("event_type"),
        row.getString("source"),
        row.getString("correlation_id"),
        row.getString("causation_id"),
        Objects.requireNonNull(instant(row, "occurred_at")),
        row.getString("metadata"),
        row.getString("data"),
        row.getString("mismatches"),
        row.getString("in_part"),
        row.getLong("occurrences"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** The conditions of a query, with their parameters in order. */
  private static final class Conditions {

    private final List<String> all = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    void add(String condition, Object... values) {
      all.add(condition);
      parameters.addAll(List.of(values));
    }

    void addText(String condition, @Nullable String value) {
      if (value != null) {
        add(condition, IndexedText.of(value));
      }
    }

    String sql() {
      return all.isEmpty() ? "true" : String.join(" and ", all);
    }

    List<Object> parameters() {
      return parameters;
    }
  }
}
