package io.eventagents.audit.console;

import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.ChainStart;
import io.eventagents.audit.index.OutlinedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads chains from the index. Thread-safe. */
final class ChainStories {

  /** Of a chain in a list so many records are looked at; its page looks at all. */
  private static final int IN_LIST = 500;

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
  Optional<ChainStory> find(String correlationId) {
    List<OutlinedEvent> records = outlines.of(correlationId, expectations.types(), atMost + 1);
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(
            story(
                correlationId, records, atMost, outlines.logged(outsideCauses(List.of(records)))));
  }

  /** Those of a list, in its order. */
  List<ChainStory> of(List<ChainStart> starts) {
    Map<String, List<OutlinedEvent>> records =
        outlines.ofEach(
            starts.stream().map(ChainStart::correlationId).filter(Objects::nonNull).toList(),
            expectations.types(),
            IN_LIST + 1);
    Set<String> logged = outlines.logged(outsideCauses(records.values()));
    List<ChainStory> stories = new ArrayList<>(starts.size());
    for (ChainStart start : starts) {
      String chain = start.correlationId();
      List<OutlinedEvent> found = chain == null ? null : records.get(chain);
      stories.add(story(chain, found == null ? List.of(start.event()) : found, IN_LIST, logged));
    }
    return stories;
  }

  private ChainStory story(
      @Nullable String chain, List<OutlinedEvent> found, int limit, Set<String> logged) {
    boolean truncated = found.size() > limit;
    List<OutlinedEvent> records = truncated ? found.subList(0, limit) : found;
    List<ChainNode> nodes =
        ChainNode.of(
            records,
            cause -> !logged.contains(cause) && !calls.isCall(cause, String.valueOf(chain)));
    List<Awaited> awaited = expectations.of(nodes);
    return new ChainStory(
        chain,
        nodes,
        records.size(),
        awaited,
        chain == null ? new Outcome.Unreadable() : Expectations.outcome(awaited),
        truncated);
  }

  /** Causes that are named and are no event of their chain. */
  private static Set<String> outsideCauses(Collection<List<OutlinedEvent>> chains) {
    Set<String> causes = new HashSet<>();
    for (List<OutlinedEvent> chain : chains) {
      Set<String> known = new HashSet<>();
      chain.forEach(
          event -> {
            if (event.eventId() != null) {
              known.add(event.eventId());
            }
          });
      for (OutlinedEvent event : chain) {
        String cause = event.causationId();
        if (cause != null && !known.contains(cause)) {
          causes.add(cause);
        }
      }
    }
    return causes;
  }
}
