package io.eventagents.audit.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer, read part by part while they are sent. Between two parts it holds nothing
 * of the database, so a slow client holds its own part and no connection. Used by one thread.
 */
public final class RowStream<T> implements Iterator<T> {

  /** The most rows of a part. */
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
     * Reads the next rows.
     *
     * @param after the last row that was read; null at first
     * @param atMost how many rows
     * @param bytes how large they may be together
     */
    Part<T> read(@Nullable T after, int atMost, long bytes);
  }

  /** All rows. */
  public static <T> RowStream<T> all(Share share, Reader<T> reader) {
    return new RowStream<>(share, reader, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * The first rows, up to a number of rows and of bytes, but at least one.
   *
   * @param atMost how many rows
   * @param mostBytes how large they are together at most
   */
  public static <T> RowStream<T> first(Share share, Reader<T> reader, int atMost, long mostBytes) {
    return new RowStream<>(share, reader, atMost, mostBytes);
  }

  /** Reads the first part, while a failure can still be answered as one, and returns this. */
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

  /** Whether there are rows behind these; known when all of them are taken. */
  public boolean hasMore() {
    return more;
  }

  /**
   * The last row that was read.
   *
   * @throws NoSuchElementException before the first row is read
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
