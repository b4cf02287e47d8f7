package io.eventagents.audit.story;

import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.CausalOrder;
import io.eventagents.audit.index.CausalOrder.Placed;
import io.eventagents.audit.index.ChainExtent;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.ChainStart;
import io.eventagents.audit.index.OutlinedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads chains from the index and judges them, one by itself and many of a list by the same events
 * and the same rule. Thread-safe.
 */
public final class ChainStories {

  /** So many records of each chain of a list are read at once; longer ones are read one by one. */
  private static final int AT_ONCE = 500;

  private final ChainOutlines outlines;
  private final Calls calls;
  private final Expectations expectations;
  private final int atMost;

  /**
   * @param calls tells which causes are no events
   * @param atMost how many records of a chain are read
   */
  ChainStories(ChainOutlines outlines, Calls calls, Expectations expectations, int atMost) {
    this.outlines = outlines;
    this.calls = calls;
    this.expectations = expectations;
    this.atMost = atMost;
  }

  /** Empty where nothing of it is logged. */
  public Optional<ChainStory> find(String correlationId) {
    List<OutlinedEvent> records = outlines.of(correlationId, expectations.types(), atMost + 1);
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(
            stories(
                    List.of(
                        records.size() > atMost
                            ? new Part(correlationId, records.subList(0, atMost), true)
                            : new Part(correlationId, records, false)))
                .getFirst());
  }

  /**
   * Those of a list, in its order. Long ones are read when the stream comes to them, so that they
   * are not in memory together.
   */
  public Stream<ChainStory> of(List<ChainStart> starts) {
    int most = Math.min(AT_ONCE, atMost);
    Map<String, List<OutlinedEvent>> records =
        outlines.ofEach(
            starts.stream().map(ChainStart::correlationId).filter(Objects::nonNull).toList(),
            expectations.types(),
            most + 1);
    List<Part> parts = new ArrayList<>(starts.size());
    Map<ChainStart, Integer> places = new HashMap<>();
    for (ChainStart start : starts) {
      String chain = start.correlationId();
      List<OutlinedEvent> found = chain == null ? null : records.get(chain);
      if (found == null || found.size() <= most) {
        places.put(start, parts.size());
        parts.add(new Part(chain, found == null ? List.of(start.event()) : found, false));
      }
    }
    List<ChainStory> stories = stories(parts);
    return starts.stream()
        .flatMap(
            start -> {
              Integer place = places.get(start);
              return place == null
                  ? find(Objects.requireNonNull(start.correlationId())).stream()
                  : Stream.of(stories.get(place));
            });
  }

  /**
   * What was read of a chain.
   *
   * @param chain null for a record that belongs to none
   */
  private record Part(@Nullable String chain, List<OutlinedEvent> records, boolean truncated) {}

  private List<ChainStory> stories(List<Part> parts) {
    List<List<Placed<OutlinedEvent>>> ordered =
        parts.stream().map(part -> CausalOrder.of(part.records())).toList();
    Set<String> logged = outlines.logged(causesOfRoots(ordered));
    List<List<ChainNode>> nodes = new ArrayList<>(parts.size());
    List<List<Awaited>> awaited = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      String chain = String.valueOf(parts.get(i).chain());
      List<ChainNode> ofPart =
          ChainNode.of(
              ordered.get(i), cause -> !logged.contains(cause) && !calls.isCall(cause, chain));
      nodes.add(ofPart);
      awaited.add(expectations.of(ofPart));
    }
    Elsewhere elsewhere =
        Elsewhere.lookUp(awaited.stream().flatMap(List::stream).toList(), outlines);
    List<ChainStory> stories = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<Awaited> left = elsewhere.without(awaited.get(i));
      stories.add(
          new ChainStory(
              part.chain(),
              nodes.get(i),
              extent(part),
              left,
              part.chain() == null ? new Outcome.Unreadable() : Outcome.of(left),
              part.truncated()));
    }
    return stories;
  }

  private ChainExtent extent(Part part) {
    return part.truncated()
        ? outlines.extent(String.valueOf(part.chain()))
        : ChainExtent.of(part.records());
  }

  /** The causes that are no event of their chain; and those that close a circle. */
  private static Set<String> causesOfRoots(List<List<Placed<OutlinedEvent>>> chains) {
    Set<String> causes = new HashSet<>();
    for (List<Placed<OutlinedEvent>> chain : chains) {
      for (Placed<OutlinedEvent> event : chain) {
        String cause = event.event().causationId();
        if (event.cause() < 0 && cause != null) {
          causes.add(cause);
        }
      }
    }
    return causes;
  }
}
