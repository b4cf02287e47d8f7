package io.eventagents.audit.index;

import io.eventagents.audit.answer.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/**
 * Rows whose sizes the database adds up, so that it never sends what does not fit. It does not read
 * a text that is stored out of line for this: the row has the size of the text.
 */
final class PartRows<T> implements ResultSetExtractor<Part<T>> {

  private final int atMost;
  private final long given;
  private final RowMapper<T> rows;

  /**
   * @param atMost how many rows are wanted
   * @param given how many bytes the rows may have together
   */
  PartRows(int atMost, long given, RowMapper<T> rows) {
    this.atMost = atMost;
    this.given = given;
    this.rows = rows;
  }

  /**
   * Ends the rows before they exceed a number of bytes. The first row always comes, for its size;
   * {@link #ifFits} leaves out its large columns.
   *
   * @param columns of {@code r}, the result
   * @param rows a query with the columns {@code number} and {@code bytes}, one row more than wanted
   * @param order the order of the rows
   * @param bytes how many bytes
   */
  static String within(String columns, String rows, String order, long bytes) {
    return """
    select %1$s, r.bytes, r.more from (
      select r.*, sum(r.bytes) over w - r.bytes as bytes_before, lead(r.number) over w is not null as more
      from (%2$s) r window w as (order by %3$s rows unbounded preceding)) r
    where r.bytes_before + r.bytes <= %4$d or r.bytes_before = 0
    order by %3$s
    """
        .formatted(columns, rows, order, bytes);
  }

  /** A column; null in a row that is larger than the given number of bytes. */
  static String ifFits(String column, long bytes) {
    return "case when r.bytes <= %2$d then r.%1$s end as %1$s".formatted(column, bytes);
  }

  @Override
  public Part<T> extractData(ResultSet row) throws SQLException {
    List<T> read = new ArrayList<>();
    long bytes = 0;
    boolean more = false;
    while (read.size() < atMost && row.next()) {
      long own = row.getLong("bytes");
      if (own > given) {
        return Part.needing(own);
      }
      read.add(rows.mapRow(row, read.size()));
      bytes += own;
      more = row.getBoolean("more");
    }
    return Part.of(read, bytes, more);
  }
}
