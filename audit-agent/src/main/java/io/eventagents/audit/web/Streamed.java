package io.eventagents.audit.web;

import java.util.Iterator;
import java.util.function.Function;

/**
 * What is read while it is sent, as it is shown. A failure to read is noted, so that an answer that
 * has begun does not end in good order.
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
