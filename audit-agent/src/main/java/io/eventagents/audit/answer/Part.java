package io.eventagents.audit.answer;

import java.util.List;

/**
 * The rows that were asked for, as far as they fit into a number of bytes.
 *
 * @param rows the rows in their order
 * @param bytes how large they are together
 * @param more whether there are rows behind them
 * @param needed how many bytes the first row takes, if that is more than were given and so no row
 *     was read; else 0
 */
public record Part<T>(List<T> rows, long bytes, boolean more, long needed) {

  /** A part with rows, or the end. */
  public static <T> Part<T> of(List<T> rows, long bytes, boolean more) {
    return new Part<>(rows, bytes, more, 0);
  }

  /** A part without rows, because the first row takes this many bytes. */
  public static <T> Part<T> needing(long bytes) {
    return new Part<>(List.of(), 0, true, bytes);
  }

  /**
   * Whether the bytes ended the part, and not the number of rows.
   *
   * @param atMost how many rows were asked for
   */
  public boolean isCut(int atMost) {
    return more && rows.size() < atMost;
  }
}
