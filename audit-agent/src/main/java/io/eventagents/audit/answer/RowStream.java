package io.eventagents.audit.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer, read part by part while they are sent. Between two parts nothing is held
 * of the database: a client that reads slowly holds its own part, and no connection. Used by one
 * thread.
 */
public final class RowStream<T> implements Iterator<T> {

  /** So many rows are looked at for a part. */
  private static final int ROWS = 2000;

  private final Share share;
  private final Reader<T> reader;
  private final long atMost;
  private final long mostBytes;
  private final Deque<T> part = new ArrayDeque<>();
  private final int held;
  private @Nullable T last;
  private long count;
  private long bytes;
  private boolean more = true;
  private boolean ended;

  private RowStream(Share share, Reader<T> reader, long atMost, long mostBytes) {
    this.share = share;
    this.held = share.mark();
    this.reader = reader;
    this.atMost = atMost;
    this.mostBytes = mostBytes;
  }

  /** Reads rows. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * Reads the next.
     *
     * @param after the last that was read; null at first
     * @param atMost how many
     * @param bytes how large they may be together
     */
    Part<T> read(@Nullable T after, int atMost, long bytes);
  }

  /** All rows that there are. */
  public static <T> RowStream<T> all(Share share, Reader<T> reader) {
    return new RowStream<>(share, reader, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * So many rows, or as many as have so many bytes, but the first in any case.
   *
   * @param atMost how many
   * @param mostBytes how large they are together at most
   */
  public static <T> RowStream<T> first(Share share, Reader<T> reader, int atMost, long mostBytes) {
    return new RowStream<>(share, reader, atMost, mostBytes);
  }

  /** Reads the first, as long as a failure to do so can be told as such; returns this. */
  public RowStream<T> begun() {
    var unused = hasNext();
    return this;
  }

  @Override
  public boolean hasNext() {
    if (part.isEmpty() && !ended) {
      read();
    }
    return !part.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return part.removeFirst();
  }

  /** Once all were taken: whether there are others behind them. */
  public boolean hasMore() {
    return more;
  }

  /**
   * The last that was read.
   *
   * @throws NoSuchElementException before the first
   */
  public T last() {
    if (last == null) {
      throw new NoSuchElementException();
    }
    return last;
  }

  private void read() {
    int rows = (int) Math.min(ROWS, atMost - count);
    long room = Math.min(AnswerRoom.PART, mostBytes - bytes);
    if (rows == 0 || room <= 0) {
      ended = true;
      return;
    }
    share.backTo(held);
    Part<T> next = share.read(given -> reader.read(last, rows, given), room);
    if (next.needed() > 0 && (count == 0 || next.needed() <= mostBytes - bytes)) {
      next = share.read(given -> reader.read(last, rows, given), next.needed());
    }
    more = next.more();
    ended = !more || next.rows().isEmpty();
    if (!next.rows().isEmpty()) {
      part.addAll(next.rows());
      last = next.rows().getLast();
    }
    count += next.rows().size();
    bytes += next.bytes();
  }
}
