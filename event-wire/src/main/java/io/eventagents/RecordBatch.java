package io.eventagents;

import java.util.Iterator;
import java.util.List;

/**
 * The records of one poll, in order per partition, for agents that take records of any kind instead
 * of events: {@code Consumer<RecordBatch>} with {@code Agent.topics()}, or a {@link RecordLog}.
 *
 * <p>Offsets are committed when the consumer returns. When it throws, the same batch comes again,
 * after a growing delay, for as long as it takes: nothing is skipped and there are no dead letters.
 *
 * @param records at least one
 */
public record RecordBatch(List<ReceivedRecord> records) implements Iterable<ReceivedRecord> {

  /** Copies the list. */
  public RecordBatch {
    records = List.copyOf(records);
  }

  @Override
  public Iterator<ReceivedRecord> iterator() {
    return records.iterator();
  }

  /** Counts, so that a log line never shows a payload. */
  @Override
  public String toString() {
    return "RecordBatch[" + records.size() + " records]";
  }
}
