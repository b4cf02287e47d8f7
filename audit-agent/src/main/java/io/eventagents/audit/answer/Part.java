package io.eventagents.audit.answer;

import java.util.List;

/**
 * As many of the rows that were asked for as fit into a number of bytes.
 *
 * @param rows in their order
 * @param bytes how large they are together
 * @param more whether there are rows behind them
 * @param needed how many bytes it takes to read the first row, if that alone is more than were
 *     given and no row was read; else 0
 */
public record Part<T>(List<T> rows, long bytes, boolean more, long needed) {

  /** The rows. */
  public static <T> Part<T> of(List<T> rows, long bytes, boolean more) {
    return new Part<>(rows, bytes, more, 0);
  }

  /** None, since the first has so many bytes. */
  public static <T> Part<T> needing(long bytes) {
    return new Part<>(List.of(), 0, true, bytes);
  }

  /**
   * Whether the bytes ended it, and not the number of rows.
   *
   * @param atMost how many rows were asked for
   */
  public boolean isCut(int atMost) {
    return more && rows.size() < atMost;
  }
}
