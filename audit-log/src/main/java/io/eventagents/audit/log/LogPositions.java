package io.eventagents.audit.log;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** For every partition, the first offset that is not logged yet. Thread-safe. */
final class LogPositions {

  private final Map<LogPartition, Long> next = new ConcurrentHashMap<>();

  OptionalLong next(LogPartition partition) {
    Long offset = next.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** A line of this record stands in the log. */
  void logged(LogPartition partition, long offset) {
    next.merge(partition, offset + 1, Math::max);
  }

  void put(LogPartition partition, long nextOffset) {
    next.put(partition, nextOffset);
  }

  void clear() {
    next.clear();
  }

  Map<LogPartition, Long> copy() {
    return Map.copyOf(next);
  }

  Advance advance() {
    return new Advance();
  }

  /** The records of one batch, which count when the batch is on disk. */
  final class Advance {

    private final Map<LogPartition, Long> advanced = new HashMap<>();

    /** The first offset of the partition that is not taken yet; 0 if nothing of it is. */
    long expected(LogPartition partition) {
      @Nullable Long position = advanced.get(partition);
      return position == null ? next.getOrDefault(partition, 0L) : position;
    }

    /** Takes the record as logged. */
    void take(LogPartition partition, long offset) {
      advanced.put(partition, offset + 1);
    }

    void commit() {
      next.putAll(advanced);
    }
  }
}
