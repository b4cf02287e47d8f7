package io.eventagents.audit.answer;

import java.util.function.LongFunction;

/** The part of the {@link AnswerRoom} that one answer holds. Used by one thread. */
public final class Share {

  private final AnswerRoom room;
  private int taken;

  Share(AnswerRoom room) {
    this.room = room;
  }

  /**
   * Reads as much as fits into a {@linkplain AnswerRoom#PART part}, or a single larger row, and
   * holds it in addition to what is held.
   *
   * @param from reads as much as fits into a number of bytes
   */
  public <T> Part<T> read(LongFunction<Part<T>> from) {
    Part<T> part = read(from, AnswerRoom.PART);
    return part.needed() == 0 ? part : read(from, part.needed());
  }

  /**
   * Reads what must be held as a whole: as much as fits into a part or, if that cuts it, the most
   * that is ever held of one answer.
   *
   * @param atMost how many rows are asked for
   */
  public <T> Part<T> readWhole(LongFunction<Part<T>> from, int atMost) {
    int before = mark();
    Part<T> part = read(from, AnswerRoom.PART);
    if (!part.isCut(atMost)) {
      return part;
    }
    backTo(before);
    return read(from, AnswerRoom.WHOLE);
  }

  /** Reads as much as fits into a number of bytes, and holds it in addition to what is held. */
  public <T> Part<T> read(LongFunction<Part<T>> from, long bytes) {
    int before = taken;
    taken += room.take(bytes);
    Part<T> part = from.apply(bytes);
    keepSince(before, part.bytes());
    return part;
  }

  /** A mark for {@link #backTo}. */
  public int mark() {
    return taken;
  }

  /** Releases what was read since a mark. */
  public void backTo(int mark) {
    if (mark < taken) {
      room.give(taken - mark);
      taken = mark;
    }
  }

  /** Releases what was read since a mark, except for a number of bytes. */
  public void keepSince(int mark, long bytes) {
    backTo(mark + AnswerRoom.unitsOf(bytes));
  }
}
