package io.eventagents.audit.log;

import io.eventagents.ReceivedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Formats the lines of batches. Of a large one it formats a block on a thread of its own while the
 * caller chains the block before it, and the one before that is written. Not thread-safe.
 */
final class LineFormatter implements AutoCloseable {

  /** Enough to pay for handing them over. */
  private static final int LINES = 500;

  private static final int BYTES = 512 * 1024;

  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("audit-log-lines").factory());
  private final LineWriter lines = new LineWriter();

  /** One is being formatted, one chained, one written. */
  private final LineBlock[] blocks = {
    new LineBlock(2 * BYTES), new LineBlock(2 * BYTES), new LineBlock(2 * BYTES)
  };

  private int current;

  private List<ReceivedRecord> records = List.of();
  private Map<Integer, Gap> gaps = Map.of();
  private Map<Gap, GapReason> reasons = Map.of();
  private Instant loggedAt = Instant.EPOCH;
  private byte @Nullable [] statement;

  /** The first record that is in no block. */
  private int next;

  /** The block behind the one that was taken; null if it is not being formatted. */
  private @Nullable CompletableFuture<LineBlock> following;

  /**
   * Begins a batch.
   *
   * @param gaps by the place of the record behind it
   * @param reasons of the gaps, as far as they are known
   * @param statement what the first line states beside its record; null for nothing
   */
  void begin(
      List<ReceivedRecord> records,
      Map<Integer, Gap> gaps,
      Map<Gap, GapReason> reasons,
      Instant loggedAt,
      byte @Nullable [] statement) {
    this.records = records;
    this.gaps = gaps;
    this.reasons = reasons;
    this.loggedAt = loggedAt;
    this.statement = statement;
    next = 0;
  }

  /**
   * The next lines of the batch, valid until the call after the next; null if there are no more.
   *
   * @throws RuntimeException if a record cannot be formatted, for want of memory, say
   */
  @Nullable LineBlock next() {
    CompletableFuture<LineBlock> formatted = following;
    following = null;
    if (formatted == null && next == records.size()) {
      return null;
    }
    LineBlock block = formatted == null ? format(blocks[current]) : join(formatted);
    current = (current + 1) % blocks.length;
    if (next < records.size()) {
      LineBlock into = blocks[current];
      following = CompletableFuture.supplyAsync(() -> format(into), ahead);
    }
    return block;
  }

  /** Whether the batch has more lines. */
  boolean hasNext() {
    return following != null;
  }

  /** Ends a batch, also one that failed half way. */
  void end() {
    CompletableFuture<LineBlock> unused = following;
    following = null;
    if (unused != null) {
      // Its block is the next batch's.
      unused.exceptionally(failure -> blocks[current]).join();
    }
    records = List.of();
    gaps = Map.of();
    reasons = Map.of();
  }

  @Override
  public void close() {
    ahead.shutdown();
  }

  private LineBlock format(LineBlock block) {
    block.clear();
    while (next < records.size() && block.count() < LINES && block.length() < BYTES) {
      Gap gap = gaps.isEmpty() ? null : gaps.get(next);
      GapReason because =
          gap == null ? GapReason.UNKNOWN : reasons.getOrDefault(gap, GapReason.UNKNOWN);
      lines.write(records.get(next), loggedAt, gap, because, next == 0 ? statement : null, block);
      next++;
    }
    return block;
  }

  private static LineBlock join(CompletableFuture<LineBlock> formatted) {
    try {
      return formatted.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }
}
