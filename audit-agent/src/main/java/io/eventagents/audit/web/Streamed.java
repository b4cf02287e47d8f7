package io.eventagents.audit.web;

import java.util.Iterator;
import java.util.function.Function;

/**
 * Rows that are read while they are sent, in the form that clients see. A failure to read is noted,
 * so that an answer that has begun does not end as if it were whole.
 */
final class Streamed<T, V> implements Iterator<V> {

  private final Iterator<T> rows;
  private final Function<T, V> shown;

  Streamed(Iterator<T> rows, Function<T, V> shown) {
    this.rows = rows;
    this.shown = shown;
  }

  @Override
  public boolean hasNext() {
    try {
      return rows.hasNext();
    } catch (RuntimeException | Error e) {
      BrokenAnswer.note(e);
      throw e;
    }
  }

  @Override
  public V next() {
    return shown.apply(rows.next());
  }
}
