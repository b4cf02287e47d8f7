package io.eventagents.audit.answer;

import io.eventagents.http.Problems;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The room for all answers in progress, in bytes of the data that they are read from, which take
 * about three times as much memory. An answer that finds no room waits for a while. Thread-safe.
 */
public final class AnswerRoom {

  /** The most that is read at once; an ordinary answer is smaller. */
  public static final int PART = 2 * 1024 * 1024;

  /** The most that is held of an answer that cannot be sent part by part. */
  public static final int WHOLE = 16 * 1024 * 1024;

  private static final int UNIT = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final String ATTRIBUTE = Share.class.getName();

  private final int units;
  private final Duration patience;
  private final Semaphore free;

  /**
   * @param bytes the room for all answers together
   * @param patience how long an answer waits for others
   */
  AnswerRoom(long bytes, Duration patience) {
    this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
    this.patience = patience;
    this.free = new Semaphore(units, true);
  }

  /** An eighth of the heap, so that answers take about three eighths of it. */
  public static AnswerRoom ofTheHeap() {
    return new AnswerRoom(Runtime.getRuntime().maxMemory() / 8, PATIENCE);
  }

  /**
   * The share of the request that this thread answers, released when it is answered. Outside a
   * request it is a share without bounds.
   */
  public Share share() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request == null) {
      return new Share(new AnswerRoom(Long.MAX_VALUE, Duration.ZERO));
    }
    if (request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof Share known) {
      return known;
    }
    Share share = new Share(this);
    request.setAttribute(ATTRIBUTE, share, RequestAttributes.SCOPE_REQUEST);
    request.registerDestructionCallback(
        ATTRIBUTE, () -> share.backTo(0), RequestAttributes.SCOPE_REQUEST);
    return share;
  }

  /**
   * Takes some of the room.
   *
   * @return how much was taken: at most the whole room, so that the largest answer is made alone
   * @throws org.springframework.web.ErrorResponseException with 503, if other answers hold it too
   *     long
   */
  int take(long bytes) {
    int wanted = Math.min(units, unitsOf(bytes));
    try {
      if (free.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return wanted;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problems.unavailable(
        "Too many large answers are being made at this moment. Ask again, or for less.",
        RETRY_AFTER);
  }

  /** Releases what was taken. */
  void give(int taken) {
    free.release(taken);
  }

  /** How much of the room a number of bytes takes. */
  static int unitsOf(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
  }

  /** How many bytes are free. */
  long free() {
    return (long) free.availablePermits() * UNIT;
  }
}
