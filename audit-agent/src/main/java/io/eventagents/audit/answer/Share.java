package io.eventagents.audit.answer;

import java.util.function.LongFunction;

/** What one answer holds of the {@link AnswerRoom}. Used by one thread. */
public final class Share {

  private final AnswerRoom room;
  private int taken;

  Share(AnswerRoom room) {
    this.room = room;
  }

  /**
   * Reads as much as a {@linkplain AnswerRoom#PART part} has room for, or one row that takes more,
   * and holds it beside what is held.
   *
   * @param from reads as much as fits into so many bytes
   */
  public <T> Part<T> read(LongFunction<Part<T>> from) {
    Part<T> part = read(from, AnswerRoom.PART);
    return part.needed() == 0 ? part : read(from, part.needed());
  }

  /**
   * Reads what has to be held at once: as much as a part has room for, and if that cuts it, as much
   * as is ever held of one answer.
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

  /** Reads as much as fits into so many bytes, and holds it beside what is held. */
  public <T> Part<T> read(LongFunction<Part<T>> from, long bytes) {
    int before = taken;
    taken += room.take(bytes);
    Part<T> part = from.apply(bytes);
    keepSince(before, part.bytes());
    return part;
  }

  /** For {@link #backTo}. */
  public int mark() {
    return taken;
  }

  /** What was read since that mark is not held any more. */
  public void backTo(int mark) {
    if (mark < taken) {
      room.give(taken - mark);
      taken = mark;
    }
  }

  /** Of what was read since that mark, only so many bytes are held any more. */
  public void keepSince(int mark, long bytes) {
    backTo(mark + AnswerRoom.unitsOf(bytes));
  }
}
