package io.eventagents.audit.index;

import static java.util.stream.Collectors.toMap;

import io.eventagents.DatabaseSchema;
import io.eventagents.LongStatements;
import io.eventagents.StorableText;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPartition;
import io.eventagents.audit.log.LogPlace;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the index. Thread-safe; one thread per log. */
public final class RecordIndex {

  private static final String INSERT =
      """
      insert into audit.records (log, %1$s)
      select ?, %2$s from unnest(%3$s) as r (%1$s)
      on conflict (%4$s) do update set log = excluded.log, %5$s
      """
          .formatted(
              RecordColumn.all(RecordColumn::sql),
              RecordColumn.all(
                  column -> "r." + column.sql() + (column == RecordColumn.TERMS ? "::int8[]" : "")),
              RecordColumn.all(column -> "?::" + column.type() + "[]"),
              RecordColumn.list(RecordColumn.KEY, RecordColumn::sql),
              // Without the key: a statement that names it locks rows against all foreign keys.
              RecordColumn.list(
                  EnumSet.complementOf(EnumSet.copyOf(RecordColumn.KEY)),
                  column -> column.sql() + " = excluded." + column.sql()));

  private final JdbcTemplate jdbc;
  private final JdbcTemplate patient;
  private final TransactionTemplate transaction;

  /**
   * @param schema proof that the tables exist
   */
  public RecordIndex(
      JdbcTemplate jdbc, PlatformTransactionManager transactions, DatabaseSchema schema) {
    requireAudit(schema);
    this.jdbc = jdbc;
    this.patient =
        new JdbcTemplate(new LongStatements(Objects.requireNonNull(jdbc.getDataSource())));
    this.transaction = new TransactionTemplate(transactions);
  }

  static void requireAudit(DatabaseSchema schema) {
    if (!schema.name().equals("audit")) {
      throw new IllegalArgumentException("The index is in the schema audit, not " + schema.name());
    }
  }

  /** Enters a log and returns its number in the index. */
  int enter(LogDirectory log) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            """
            insert into audit.logs (log_id, directory) values (?, ?)
            on conflict (log_id) do update set directory = excluded.directory returning id
            """,
            Integer.class,
            log.id(),
            StorableText.replace(log.path().toString())));
  }

  /** The place up to which a log is indexed; null if none of it is. */
  public @Nullable LogPlace indexed(LogDirectory log) {
    return indexed(enter(log));
  }

  /** The place up to which a log is indexed; null if none of it is. */
  @Nullable LogPlace indexed(int log) {
    return first(
        jdbc.query(
            "select file, position from audit.logs where id = ? and file is not null",
            (row, i) -> new LogPlace(row.getString("file"), row.getLong("position")),
            log));
  }

  /**
   * Stores records, and the place up to which the log is then indexed, in one transaction. Existing
   * rows are replaced.
   *
   * @throws DataAccessException if the database cannot be reached, or refuses one of them
   */
  void store(int log, List<IndexedRecord> records, IndexSpan span) {
    write(
        log,
        span,
        () -> {
          if (!records.isEmpty()) {
            insert(log, distinct(records));
          }
        });
  }

  /**
   * Makes the rows of these lines again, as the lines are now. The place up to which the log is
   * indexed stays the same.
   *
   * @param log the log that has the lines
   * @param lines complete lines; those that are not lines of a log are left out
   * @throws DataAccessException if the database cannot be reached
   */
  public void remake(LogDirectory log, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    int number = enter(log);
    IndexSpan span = new IndexSpan(lines.getFirst().start(), lines.getLast().end(), false, false);
    List<IndexedRecord> records =
        IndexBatch.read(
            lines,
            (line, malformed) -> {
              // The log has it, and the index has no row for it.
            });
    new IndexWriter(this, number, record -> {}).store(records, span);
  }

  /**
   * Does what {@link #store} does, by {@code COPY}, for records without rows.
   *
   * @return false if one has a row already; nothing is stored then
   * @throws DataAccessException if the database cannot be reached, or refuses one of them
   */
  boolean copy(int log, CopyRows rows, IndexSpan span) {
    try {
      write(log, span, () -> copy(rows));
      return true;
    } catch (DuplicateKeyException known) {
      return false;
    }
  }

  private void copy(CopyRows rows) {
    jdbc.execute(
        (ConnectionCallback<Long>)
            connection -> {
              CopyIn copy =
                  connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyRows.STATEMENT);
              try {
                copy.writeToCopy(rows.bytes(), 0, rows.length());
                return copy.endCopy();
              } finally {
                if (copy.isActive()) {
                  copy.cancelCopy();
                }
              }
            });
  }

  private void write(int log, IndexSpan span, Runnable insertion) {
    transaction.executeWithoutResult(
        status -> {
          if (span.replaces()) {
            drop(log, span);
          }
          insertion.run();
          if (span.advances()) {
            advance(log, span.to());
          }
        });
  }

  /** Drops the rows of a part of the log. */
  int drop(int log, IndexSpan span) {
    return jdbc.update(
        """
        delete from audit.records
        where log = ? and file = ? and position >= ? and position < ?
        """,
        log,
        span.from().file(),
        span.from().position(),
        span.to().position());
  }

  /** Drops the rows of a file. */
  int drop(int log, String file) {
    return patient.update("delete from audit.records where log = ? and file = ?", log, file);
  }

  /** Drops the rows behind the place up to which the log is indexed. */
  int dropBeyond(int log) {
    return patient.update(
        """
        delete from audit.records r using audit.logs l
        where l.id = ? and r.log = l.id and (r.file, r.position) >= (l.file, l.position)
        """,
        log);
  }

  /** The files of the log that have rows in the index. */
  List<String> files(int log) {
    return jdbc.query(
        """
        with recursive files (file) as (
          (select file from audit.records where log = ? order by file limit 1)
          union all
          select (select r.file from audit.records r
              where r.log = ? and r.file > files.file order by r.file limit 1)
            from files where files.file is not null)
        select file from files where file is not null
        """,
        (row, n) -> Objects.requireNonNull(row.getString(1)),
        log,
        log);
  }

  /** The files that have rows and are not in the log, except those older than every file of it. */
  List<String> strayFiles(int log, LogDirectory directory) throws IOException {
    List<String> indexed = files(log);
    // Listed afterwards, because a new file exists before its first line is indexed.
    List<String> files = directory.files();
    return indexed.stream()
        .filter(file -> !files.isEmpty() && file.compareTo(files.getFirst()) >= 0)
        .filter(file -> !files.contains(file))
        .toList();
  }

  /**
   * The stored rows of a part of the log, in its order.
   *
   * @param span the part, within one file
   */
  List<StoredRow> rows(int log, IndexSpan span) {
    return rows(
        """
        r.log = ? and r.file = ? and r.position >= ? and r.position < ?
        order by r.position, r.number
        """,
        log,
        span.from().file(),
        span.from().position(),
        span.to().position());
  }

  /** The first row of a file; null if there is none. */
  @Nullable StoredRow firstRow(int log, String file) {
    return first(rows("r.log = ? and r.file = ? order by r.position limit 1", log, file));
  }

  /** The last row of a file; null if there is none. */
  @Nullable StoredRow lastRow(int log, String file) {
    return first(rows("r.log = ? and r.file = ? order by r.position desc limit 1", log, file));
  }

  /** The first row behind the place up to which the log is indexed; null if there is none. */
  @Nullable StoredRow firstRowBeyond(int log) {
    return first(
        rows(
            """
            r.log = ? and (r.file, r.position) >= (
              select l.file, l.position from audit.logs l where l.id = ?)
            order by r.file, r.position limit 1
            """,
            log,
            log));
  }

  private List<StoredRow> rows(String condition, Object... parameters) {
    return jdbc.query(
        "select " + StoredRow.COLUMNS + " from audit.records r where " + condition,
        StoredRow::read,
        parameters);
  }

  private static <T> @Nullable T first(List<T> rows) {
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /** The records that could not be indexed completely. */
  RecordsInPart inPart(int log) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from audit.records where log = ? and in_part is not null",
            Long.class,
            log);
    return count == null || count == 0
        ? RecordsInPart.NONE
        : new RecordsInPart(
            count,
            jdbc.query(
                """
                select topic_id, topic, partition, "offset", logged_at, in_part
                from audit.records where log = ? and in_part is not null
                order by logged_at desc, number desc limit ?
                """,
                (row, n) ->
                    new RecordsInPart.InPart(
                        RecordPlace.read(row), Objects.requireNonNull(row.getString("in_part"))),
                log,
                RecordsInPart.NAMED));
  }

  /** Notes that the log is indexed up to a place. */
  void advance(int log, LogPlace to) {
    jdbc.update(
        "update audit.logs set file = ?, position = ? where id = ?", to.file(), to.position(), log);
  }

  /**
   * Leaves one of each record, because a statement cannot update the same row twice: the last
   * counts.
   */
  private static List<IndexedRecord> distinct(List<IndexedRecord> records) {
    return List.copyOf(
        records.stream()
            .collect(
                toMap(
                    record -> new Position(record.partition(), record.offset()),
                    record -> record,
                    (first, last) -> last,
                    LinkedHashMap::new))
            .values());
  }

  private record Position(LogPartition partition, long offset) {}

  /** Passes the rows column by column, as arrays. */
  private void insert(int log, List<IndexedRecord> records) {
    jdbc.update(
        INSERT,
        statement -> {
          int parameter = 1;
          statement.setInt(parameter++, log);
          for (RecordColumn column : RecordColumn.values()) {
            @Nullable Object[] values = new @Nullable Object[records.size()];
            for (int i = 0; i < values.length; i++) {
              Object value = column.of(records.get(i));
              values[i] = value instanceof Instant instant ? instant.toString() : value;
            }
            statement.setArray(
                parameter++, statement.getConnection().createArrayOf(column.type(), values));
          }
        });
  }

  static UUID uuid(Uuid id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
