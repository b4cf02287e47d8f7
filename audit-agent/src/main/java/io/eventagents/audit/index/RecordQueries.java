package io.eventagents.audit.index;

import static java.util.stream.Collectors.joining;

import io.eventagents.DatabaseSchema;
import io.eventagents.audit.answer.Part;
import io.eventagents.audit.answer.RowStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds records in the index. Thread-safe. */
public final class RecordQueries {

  /** The columns of {@code audit.records r} that {@link #record} reads. */
  static final String COLUMNS =
      """
      r.topic_id, r.topic, r.partition, r."offset", r.number, r.file, r.position, r.length, r.logged_at,
      r.record_timestamp, r.record_key, r.payload, r.event_id, r.event_type, r.source,
      r.correlation_id, r.causation_id, r.occurred_at, r.mismatches, r.in_part""";

  /** The size of the columns of a record that are not bounded, and a little for the others. */
  private static final String BYTES =
      """
      512 + octet_length(r.headers) + coalesce(octet_length(r.metadata), 0)
        + coalesce(octet_length(r.data), 0) as bytes""";

  private static final String WHOLE = COLUMNS + ", r.headers, r.metadata, r.data, " + BYTES;

  private static final String LATEST = "r.occurred_at desc, r.number desc";

  /** The record that was logged first stands for an event that was published several times. */
  private static final String FIRST_OF_EVENT =
      """
      (r.event_id is null or not exists (
        select from audit.records e
        where e.event_id = r.event_id
          and e.number < r.number))""";

  private static final String OCCURRENCES_OF_EACH =
      """
      case when r.event_id is null then 1
        else (select count(*) from audit.records e where e.event_id = r.event_id)
      end as occurrences""";

  /** The same for the one event that is read. */
  private static final String OCCURRENCES =
      "(select count(*) from audit.records e where e.event_id = ?) as occurrences";

  private final JdbcClient jdbc;

  /**
   * @param schema proof that the tables exist
   */
  public RecordQueries(JdbcClient jdbc, DatabaseSchema schema) {
    RecordIndex.requireAudit(schema);
    this.jdbc = jdbc;
  }

  /**
   * Records of a chain in a given order, without those that do not exist.
   *
   * @param times the times of the records, which are found by time and number
   * @param rows reads a row, whose column {@code place} counts from 1
   */
  <T> Part<T> inChain(String chain, String[] times, Long[] numbers, long bytes, RowMapper<T> rows) {
    return jdbc.sql(
            PartRows.within(
                "r.place, 1 as occurrences, " + columns(bytes),
                """
                select c.place, %s
                from unnest(?::timestamptz[], ?::bigint[]) with ordinality as c (time, number, place)
                join audit.records r
                  on r.correlation_id = ? and r.occurred_at = c.time and r.number = c.number"""
                    .formatted(WHOLE),
                "r.place",
                bytes))
        .param(times)
        .param(numbers)
        .param(chain)
        .query(new PartRows<>(numbers.length, bytes, rows));
  }

  /**
   * The cause of an event, the cause of the cause, and so on, as far as they are logged.
   *
   * @param atMost how many records
   */
  public RowStream.Reader<FoundRecord> ancestors(String eventId, int atMost) {
    Set<String> seen = new HashSet<>(Set.of(IndexedText.of(eventId)));
    return (after, rows, bytes) -> {
      String cause = after == null ? causeOf(eventId) : after.causationId();
      if (cause == null || seen.size() > atMost || seen.contains(cause)) {
        return Part.of(List.of(), 0, false);
      }
      Part<FoundRecord> found = event(cause, 1, bytes);
      if (found.needed() == 0) {
        seen.add(cause);
      }
      return found.rows().isEmpty() && found.needed() == 0
          ? found
          : new Part<>(found.rows(), found.bytes(), true, found.needed());
    };
  }

  private @Nullable String causeOf(String eventId) {
    return jdbc.sql(
            "select causation_id from audit.records where event_id = ? order by number limit 1")
        .param(IndexedText.of(eventId))
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** Whether a record matches. */
  public boolean exists(RecordFilter filter) {
    Conditions conditions = conditions(filter);
    return jdbc.sql("select exists (select from audit.records r where " + conditions.sql() + ")")
        .params(conditions.parameters())
        .query(Boolean.class)
        .single();
  }

  /**
   * The record of an event that was logged first, and its other records without headers, metadata
   * and data.
   *
   * @param atMost how many records
   */
  public Part<FoundRecord> event(String eventId, int atMost, long bytes) {
    String id = IndexedText.of(eventId);
    return jdbc.sql(
            PartRows.within(
                OCCURRENCES + ", " + columns(bytes),
                "select "
                    + COLUMNS
                    + """
                    , case when r.first then r.headers else '[]' end as headers,
                      case when r.first then r.metadata end as metadata,
                      case when r.first then r.data end as data,
                      case when r.first then r.size else 512 end as bytes
                      from (
                        select r.*, row_number() over (order by r.number) = 1 as first,"""
                    + BYTES.replace("as bytes", "as size")
                    + " from audit.records r where r.event_id = ? order by r.number limit ?) r",
                "r.number",
                bytes))
        .param(id)
        .param(id)
        .param(atMost + 1)
        .query(new PartRows<>(atMost, bytes, RecordQueries::record));
  }

  /** The record at a place on Kafka; empty if it is not logged. */
  public Part<FoundRecord> at(String topicId, int partition, long offset, long bytes) {
    Uuid id;
    try {
      id = Uuid.fromString(topicId);
    } catch (IllegalArgumentException e) {
      return Part.of(List.of(), 0, false);
    }
    return jdbc.sql(
            PartRows.within(
                "1 as occurrences, " + columns(bytes),
                """
                select %s from audit.records r
                where topic_id = ? and partition = ? and "offset" = ? limit 1"""
                    .formatted(WHOLE),
                "r.number",
                bytes))
        .param(RecordIndex.uuid(id))
        .param(partition)
        .param(offset)
        .query(new PartRows<>(1, bytes, RecordQueries::record));
  }

  /** The event of this id, if it is logged. */
  Optional<Finding> find(String eventId) {
    return jdbc.sql(
            "select correlation_id from audit.records where event_id = ? order by number limit 1")
        .param(IndexedText.of(eventId))
        .query((row, number) -> new Finding(Criterion.EVENT, eventId, row.getString(1)))
        .optional();
  }

  /**
   * Events, the latest first, each once, and records without an event id.
   *
   * @param after the end of the page before; null for the first page
   * @param atMost how many records
   * @param bytes how large they may be together
   */
  public Part<FoundRecord> page(
      RecordFilter filter, @Nullable Cursor after, int atMost, long bytes) {
    return page(firsts(filter, "<", after), LATEST, atMost, bytes);
  }

  /** Events of a chain behind a place in it, by {@code occurred_at}, each once. */
  Part<FoundRecord> ofChain(String chain, @Nullable Cursor after, int atMost, long bytes) {
    return page(
        firsts(RecordFilter.of(Criterion.CHAIN, chain), ">", after),
        "r.occurred_at, r.number",
        atMost,
        bytes);
  }

  private Part<FoundRecord> page(Conditions conditions, String order, int atMost, long bytes) {
    return jdbc.sql(
            PartRows.within(
                OCCURRENCES_OF_EACH + ", " + columns(bytes),
                "select %s from audit.records r where %s order by %s limit %d"
                    .formatted(WHOLE, conditions.sql(), order, atMost + 1L),
                order,
                bytes))
        .params(conditions.parameters())
        .query(new PartRows<>(atMost, bytes, RecordQueries::record));
  }

  /**
   * The chains of the latest events, each once, and whether there may be others.
   *
   * @param lookedAt how many events are read
   */
  public Part<String> chains(RecordFilter filter, int lookedAt) {
    Conditions conditions = firsts(filter, "<", null);
    List<Optional<String>> found =
        jdbc.sql(
                "select r.correlation_id from audit.records r where %s order by %s limit %d"
                    .formatted(conditions.sql(), LATEST, lookedAt))
            .params(conditions.parameters())
            .query((row, number) -> Optional.ofNullable(row.getString(1)))
            .list();
    return Part.of(
        found.stream().flatMap(Optional::stream).distinct().toList(), 0, found.size() == lookedAt);
  }

  /** The conditions of the first records of events before or behind a place in time. */
  private static Conditions firsts(RecordFilter filter, String beyond, @Nullable Cursor place) {
    Conditions conditions = conditions(filter);
    if (place != null) {
      conditions.add(
          "(r.occurred_at, r.number) " + beyond + " (?, ?)",
          StorableTime.parameter(place.occurredAt()),
          place.number());
    }
    conditions.add(FIRST_OF_EVENT);
    return conditions;
  }

  /** All columns, without the large ones of a row that exceeds a number of bytes. */
  private static String columns(long bytes) {
    return Stream.of("headers", "metadata", "data")
        .map(column -> PartRows.ifFits(column, bytes))
        .collect(joining(", ", COLUMNS + ", ", ""));
  }

  private static Conditions conditions(RecordFilter filter) {
    Conditions conditions = new Conditions();
    for (Criterion criterion : Criterion.values()) {
      String text = filter.by(criterion);
      if (text != null && criterion.column() != null) {
        conditions.add("r." + criterion.column() + " = ?", IndexedText.of(text));
      }
    }
    long[] terms = terms(filter);
    if (filter.by(Criterion.TEXT) != null && terms.length == 0) {
      conditions.add("false"); // it has no word
    } else if (terms.length > 0) {
      // Part of the text, so that the plan fits: the index for a rare term, time for a frequent
      // one.
      conditions.add("r.terms @> '" + Terms.of(terms, terms.length).text() + "'::bigint[]");
    }
    if (filter.from() != null) {
      conditions.add("r.occurred_at >= ?", StorableTime.parameter(filter.from()));
    }
    if (filter.to() != null) {
      conditions.add("r.occurred_at < ?", StorableTime.parameter(filter.to()));
    }
    if (filter.unreadable() != null) {
      conditions.add("r.event_type is " + (filter.unreadable() ? "null" : "not null"));
    }
    return conditions;
  }

  private static long[] terms(RecordFilter filter) {
    LongStream.Builder terms = LongStream.builder();
    String topic = filter.by(Criterion.TOPIC);
    if (topic != null) {
      terms.add(Terms.topic(topic));
    }
    String field = filter.by(Criterion.FIELD);
    String value = filter.by(Criterion.VALUE);
    if (value != null) {
      terms.add(field == null ? Terms.value(value) : Terms.field(field, value));
    }
    String text = filter.by(Criterion.TEXT);
    if (text != null) {
      Words words = new Words(text, text.length());
      while (words.next()) {
        terms.add(Terms.value(text, words.from(), words.to()));
      }
    }
    return terms.build().toArray();
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
        Objects.requireNonNull(StorableTime.read(row, "logged_at")),
        StorableTime.read(row, "record_timestamp"),
        row.getString("record_key"),
        row.getString("headers"),
        row.getString("payload"),
        row.getString("event_id"),
        row.getString("event_type"),
        row.getString("source"),
        row.getString("correlation_id"),
        row.getString("causation_id"),
        Objects.requireNonNull(StorableTime.read(row, "occurred_at")),
        row.getString("metadata"),
        row.getString("data"),
        row.getString("mismatches"),
        row.getString("in_part"),
        row.getLong("occurrences"));
  }

  /** The conditions of a query, with their parameters in order. */
  private static final class Conditions {

    private final List<String> all = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    void add(String condition, Object... values) {
      all.add(condition);
      parameters.addAll(List.of(values));
    }

    String sql() {
      return all.isEmpty() ? "true" : String.join(" and ", all);
    }

    List<Object> parameters() {
      return parameters;
    }
  }
}
