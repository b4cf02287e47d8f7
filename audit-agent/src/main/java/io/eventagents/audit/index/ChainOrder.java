package io.eventagents.audit.index;

import static java.util.stream.Collectors.toSet;

import io.eventagents.audit.index.CausalOrder.Placed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a chain in the order of causes, without their content. An event takes about 25
 * bytes, so the order can be kept while the chain is sent.
 */
public final class ChainOrder {

  private static final int BYTES_OF_EACH = 25;

  private final String chain;
  private final @Nullable Cursor end;
  private final boolean truncated;
  private final long[] times;
  private final long[] numbers;
  private final int[] depths;
  private final int[] occurrences;

  /** Whether the cause is not an event of the chain. */
  private final BitSet outside = new BitSet();

  ChainOrder(String chain, List<ChainLink> links, boolean truncated) {
    this.chain = chain;
    this.end =
        links.isEmpty() ? null : new Cursor(links.getLast().occurredAt(), links.getLast().number());
    this.truncated = truncated;
    List<Placed<ChainLink>> order = CausalOrder.of(links);
    int size = order.size();
    times = new long[size];
    numbers = new long[size];
    depths = new int[size];
    occurrences = new int[size];
    Set<String> known =
        links.stream().map(ChainLink::eventId).filter(Objects::nonNull).collect(toSet());
    for (Placed<ChainLink> each : order) {
      ChainLink link = each.event();
      times[each.place()] = ChronoUnit.MICROS.between(Instant.EPOCH, link.occurredAt());
      numbers[each.place()] = link.number();
      depths[each.place()] = each.depth();
      occurrences[each.place()] = each.occurrences();
      outside.set(each.place(), link.causationId() != null && !known.contains(link.causationId()));
    }
  }

  String chain() {
    return chain;
  }

  /** Whether the chain has more records than are put in order. */
  public boolean truncated() {
    return truncated;
  }

  /** The last record by time that is in the order; null if there is none. */
  @Nullable Cursor end() {
    return end;
  }

  /** How many events. */
  public int size() {
    return numbers.length;
  }

  /** How much memory it takes. */
  long bytes() {
    return (long) size() * BYTES_OF_EACH;
  }

  /** The time of an event, as the database takes it. */
  String time(int place) {
    return Instant.EPOCH.plus(times[place], ChronoUnit.MICROS).toString();
  }

  long number(int place) {
    return numbers[place];
  }

  int depth(int place) {
    return depths[place];
  }

  int occurrences(int place) {
    return occurrences[place];
  }

  boolean isCauseOutside(int place) {
    return outside.get(place);
  }

  /** A cursor that finds the event at a place, even if the place changes later. */
  public String cursor(int place) {
    return Long.toString(numbers[place], 36);
  }

  /**
   * The present place of the event that a cursor was made for.
   *
   * @throws IllegalArgumentException if the cursor is not of this chain
   */
  public int place(String cursor) {
    long number;
    try {
      number = Long.parseLong(cursor, 36);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not the cursor of a chain", e);
    }
    return IntStream.range(0, numbers.length)
        .filter(place -> numbers[place] == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a cursor of this chain"));
  }
}
