package io.eventagents.audit.chain;

import static io.eventagents.audit.answer.AnswerRoom.WHOLE;
import static java.util.stream.Collectors.groupingBy;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Part;
import io.eventagents.audit.answer.Share;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.CausalOrder;
import io.eventagents.audit.index.CausalOrder.Placed;
import io.eventagents.audit.index.ChainExtent;
import io.eventagents.audit.index.ChainOutlines;
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
 * Reads chains from the index and judges them. A single chain and a chain of a list are judged by
 * the same events and the same rules. Thread-safe.
 */
public final class ChainStories {

  /** How many records of each chain of a list are read at once; longer chains are read singly. */
  private static final int AT_ONCE = 500;

  private final ChainOutlines outlines;
  private final Calls calls;
  private final Expectations expectations;
  private final AnswerRoom room;
  private final int atMost;

  /**
   * @param room the memory that holds chains until their requests are answered
   * @param calls says which causes are not events
   * @param atMost how many records of a chain are read
   */
  ChainStories(
      ChainOutlines outlines, Calls calls, Expectations expectations, AnswerRoom room, int atMost) {
    this.outlines = outlines;
    this.room = room;
    this.calls = calls;
    this.expectations = expectations;
    this.atMost = atMost;
  }

  /** A chain; empty if none of it is logged. */
  public Optional<ChainStory> find(String correlationId) {
    Share share = room.share();
    Part<OutlinedEvent> records =
        share.readWhole(
            bytes -> outlines.of(correlationId, expectations.types(), atMost, bytes), atMost);
    return records.rows().isEmpty()
        ? Optional.empty()
        : Optional.of(
            stories(List.of(new Read(correlationId, records.rows(), records.more())), share)
                .getFirst());
  }

  /**
   * The chains of a list, in its order. Long chains are read when the stream reaches them, so that
   * they are not in memory together.
   */
  public Stream<ChainStory> of(List<OutlinedEvent> starts) {
    int most = Math.min(AT_ONCE, atMost);
    Share share = room.share();
    List<String> chains =
        starts.stream().map(OutlinedEvent::correlationId).filter(Objects::nonNull).toList();
    Map<String, List<OutlinedEvent>> records =
        share
            .read(bytes -> outlines.ofEach(chains, expectations.types(), most, bytes), WHOLE)
            .rows()
            .stream()
            .collect(groupingBy(event -> Objects.requireNonNull(event.correlationId())));
    List<Read> parts = new ArrayList<>(starts.size());
    Map<OutlinedEvent, Integer> places = new HashMap<>();
    for (OutlinedEvent start : starts) {
      String chain = start.correlationId();
      List<OutlinedEvent> found = chain == null ? null : records.get(chain);
      if (chain == null || found != null) {
        places.put(start, parts.size());
        parts.add(new Read(chain, found == null ? List.of(start) : found, false));
      }
    }
    List<ChainStory> stories = stories(parts, share);
    int held = share.mark();
    return starts.stream()
        .flatMap(
            start -> {
              Integer place = places.get(start);
              if (place != null) {
                return Stream.of(stories.get(place));
              }
              share.backTo(held); // the long chain before it is not needed any more
              return find(Objects.requireNonNull(start.correlationId())).stream();
            });
  }

  /**
   * What was read of a chain.
   *
   * @param chain null for a record that belongs to none
   */
  private record Read(@Nullable String chain, List<OutlinedEvent> records, boolean truncated) {}

  private List<ChainStory> stories(List<Read> parts, Share share) {
    List<List<Placed<OutlinedEvent>>> ordered =
        parts.stream().map(part -> CausalOrder.of(part.records())).toList();
    Set<String> logged = outlines.logged(causesOfRoots(ordered));
    List<List<ChainNode>> nodes = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      String chain = String.valueOf(parts.get(i).chain());
      nodes.add(
          ChainNode.of(
              ordered.get(i), cause -> !logged.contains(cause) && !calls.isCall(cause, chain)));
    }
    List<List<Awaited>> awaited = nodes.stream().map(expectations::of).toList();
    FollowedInOtherChains elsewhere =
        FollowedInOtherChains.lookUp(
            awaited.stream().flatMap(List::stream).toList(), outlines, share);
    List<ChainStory> stories = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Read part = parts.get(i);
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

  private ChainExtent extent(Read part) {
    return part.truncated()
        ? outlines.extent(String.valueOf(part.chain()))
        : ChainExtent.of(part.records());
  }

  /** The causes that are not events of their chain, and those that close a circle. */
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
