package io.eventagents.audit.index;

import static java.util.stream.Collectors.toCollection;

import io.eventagents.audit.answer.Part;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.answer.Share;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events of a chain. A chain is the records of one correlation id; nothing else is stored
 * of it. Thread-safe.
 */
public final class ChainQueries {

  /** How many records of a chain are put in order; only a mistake makes a longer chain. */
  public static final int MOST = 100_000;

  private final ChainOutlines outlines;
  private final RecordQueries records;
  private final Calls calls;

  /**
   * @param calls says which causes are not events
   */
  public ChainQueries(ChainOutlines outlines, RecordQueries records, Calls calls) {
    this.outlines = outlines;
    this.records = records;
    this.calls = calls;
  }

  /**
   * A chain in the order of causes; without events if none is logged.
   *
   * @param share the memory that holds it
   */
  public ChainOrder order(String correlationId, Share share) {
    String id = IndexedText.of(correlationId);
    int before = share.mark();
    Part<ChainLink> links = share.readWhole(bytes -> outlines.links(id, MOST, bytes), MOST);
    ChainOrder order = new ChainOrder(id, links.rows(), links.more());
    share.keepSince(before, order.bytes());
    return order;
  }

  /** Reads the events of a chain in its order, starting at a place. */
  public RowStream.Reader<ChainRecord> records(ChainOrder order, int from) {
    return new RecordsInOrder(order, from);
  }

  /**
   * Reads the events behind the last record that was put in order, by {@code occurred_at}, each
   * event once.
   */
  public RowStream.Reader<FoundRecord> behind(ChainOrder order) {
    return (after, atMost, bytes) ->
        records.ofChain(
            order.chain(), after == null ? order.end() : Cursor.after(after), atMost, bytes);
  }

  /** Continues behind what it read, even if that is gone. */
  private final class RecordsInOrder implements RowStream.Reader<ChainRecord> {

    private final ChainOrder order;
    private int next;

    RecordsInOrder(ChainOrder order, int from) {
      this.order = order;
      this.next = from;
    }

    @Override
    public Part<ChainRecord> read(@Nullable ChainRecord after, int atMost, long bytes) {
      while (true) {
        int begin = next;
        int end = (int) Math.min(order.size(), (long) begin + atMost);
        Part<ChainRecord> part = events(order, begin, end, bytes);
        if (part.needed() > 0) {
          return part;
        }
        next = part.more() ? part.rows().getLast().place() + 1 : end;
        boolean more = next < order.size();
        // All of them are gone if the index is being made again.
        if (!part.rows().isEmpty() || !more) {
          return Part.of(part.rows(), part.bytes(), more);
        }
      }
    }
  }

  private Part<ChainRecord> events(ChainOrder order, int begin, int end, long bytes) {
    String[] times = new String[end - begin];
    Long[] numbers = new Long[end - begin];
    for (int place = begin; place < end; place++) {
      times[place - begin] = order.time(place);
      numbers[place - begin] = order.number(place);
    }
    Part<ChainRecord> found =
        records.inChain(
            order.chain(),
            times,
            numbers,
            bytes,
            (row, n) -> {
              int place = begin + row.getInt("place") - 1;
              return new ChainRecord(
                  RecordQueries.record(row, n),
                  place,
                  order.depth(place),
                  order.occurrences(place),
                  order.isCauseOutside(place));
            });
    Set<String> outside =
        found.rows().stream()
            .filter(ChainRecord::missingParent)
            .map(each -> each.record().causationId())
            .filter(Objects::nonNull)
            .collect(toCollection(HashSet::new));
    Set<String> logged = outlines.logged(outside);
    outside.removeIf(cause -> logged.contains(cause) || calls.isCall(cause, order.chain()));
    return new Part<>(
        found.rows().stream().map(each -> marked(each, outside)).toList(),
        found.bytes(),
        found.more(),
        found.needed());
  }

  private static ChainRecord marked(ChainRecord each, Set<String> missing) {
    boolean isMissing = each.missingParent() && missing.contains(each.record().causationId());
    return new ChainRecord(
        each.record(), each.place(), each.depth(), each.occurrences(), isMissing);
  }
}
