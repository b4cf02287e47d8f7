package io.eventagents.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AssertProvider;

/**
 * All events that one request led to, as they were on their topics at a moment; see {@link Chains}.
 *
 * <pre>{@code
 * Chain chain = chains.await(request);
 *
 * assertThat(chain).hasExactlyEvents("task.created", "notification.sent", "reminder.scheduled");
 * assertThat(chain.single("notification.sent").text("channel")).isEqualTo("email");
 * }</pre>
 *
 * <p>An event that was published several times is one. Immutable.
 */
public final class Chain implements AssertProvider<ChainAssert> {

  private static final Comparator<ChainEvent> BY_TIME =
      Comparator.comparing(ChainEvent::occurredAt)
          .thenComparing(event -> event.record().timestamp())
          .thenComparing(ChainEvent::eventType)
          .thenComparing(ChainEvent::eventId);

  private final String correlationId;
  private final Set<String> agents;
  private final Map<String, List<ChainEvent>> published;
  private final List<ChainEvent> events;
  private final List<ChainEvent> unrooted = new ArrayList<>();

  private Chain(String correlationId, Set<String> agents, Map<String, List<ChainEvent>> published) {
    this.correlationId = correlationId;
    this.agents = agents;
    this.published = published;
    this.events = inCausalOrder();
  }

  /**
   * The events of a chain.
   *
   * @param agents the names of the agents that are known; they never start a chain
   * @param all events, of other chains too
   */
  static Chain of(String correlationId, Set<String> agents, Collection<ChainEvent> all) {
    Map<String, List<ChainEvent>> published =
        all.stream()
            .filter(event -> event.metadata().correlationId().equals(correlationId))
            .collect(
                Collectors.groupingBy(
                    ChainEvent::eventId, LinkedHashMap::new, Collectors.toList()));
    return new Chain(correlationId, Set.copyOf(agents), published);
  }

  private List<ChainEvent> inCausalOrder() {
    List<ChainEvent> ordered = new ArrayList<>(roots());
    Set<String> placed = new HashSet<>();
    ordered.forEach(root -> placed.add(root.eventId()));
    for (int i = 0; i < ordered.size(); i++) {
      for (ChainEvent effect : causedBy(ordered.get(i))) {
        if (placed.add(effect.eventId())) {
          ordered.add(effect);
        }
      }
    }
    // Events that cause each other have no root.
    unrooted.addAll(distinct().filter(event -> placed.add(event.eventId())).toList());
    ordered.addAll(unrooted);
    return List.copyOf(ordered);
  }

  private Stream<ChainEvent> distinct() {
    return published.values().stream().map(List::getFirst).sorted(BY_TIME);
  }

  /** The id of the request. */
  public String correlationId() {
    return correlationId;
  }

  /** The distinct events: a cause before its effects, those of one cause by time. */
  public List<ChainEvent> events() {
    return events;
  }

  /** The types of the events, in their order. */
  public List<String> types() {
    return events.stream().map(ChainEvent::eventType).toList();
  }

  /** The events of a type. */
  public List<ChainEvent> events(String eventType) {
    return events.stream().filter(event -> event.eventType().equals(eventType)).toList();
  }

  /**
   * The one event of a type.
   *
   * @throws AssertionError if there is none or several
   */
  public ChainEvent single(String eventType) {
    List<ChainEvent> found = events(eventType);
    if (found.size() != 1) {
      throw new AssertionError(
          "Expected one %s, but there are %d in %s".formatted(eventType, found.size(), this));
    }
    return found.getFirst();
  }

  /** The events that no event of the chain caused. */
  public List<ChainEvent> roots() {
    return distinct()
        .filter(event -> !published.containsKey(event.metadata().causationId()))
        .toList();
  }

  /** The events that this one caused. */
  public List<ChainEvent> causedBy(ChainEvent cause) {
    return distinct()
        .filter(event -> event.metadata().causationId().equals(cause.eventId()))
        .toList();
  }

  /** How often an event was published. */
  public int occurrences(ChainEvent event) {
    return published.getOrDefault(event.eventId(), List.of()).size();
  }

  /** What is wrong with the metadata, in words; empty if all is well. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    unrooted.forEach(event -> problems.add(event + " is caused by a circle of events"));
    for (ChainEvent event : events) {
      MetadataRules.problemsOf(event, published, agents).forEach(problems::add);
    }
    return problems;
  }

  /** The chain as a tree of causes, a line per event. */
  public String tree() {
    StringBuilder tree = new StringBuilder();
    Set<String> shown = new HashSet<>();
    roots().forEach(root -> append(tree, root, "", "", shown));
    events.stream()
        .filter(event -> !shown.contains(event.eventId()))
        .forEach(event -> append(tree, event, "(in a circle) ", "", shown));
    return tree.toString();
  }

  private void append(
      StringBuilder tree, ChainEvent event, String first, String rest, Set<String> shown) {
    if (!shown.add(event.eventId())) {
      return;
    }
    int times = occurrences(event);
    tree.append(first)
        .append(event)
        .append(times > 1 ? " (published " + times + " times)" : "")
        .append(System.lineSeparator());
    List<ChainEvent> effects = causedBy(event);
    for (int i = 0; i < effects.size(); i++) {
      boolean last = i == effects.size() - 1;
      append(
          tree,
          effects.get(i),
          rest + (last ? "└─ " : "├─ "),
          rest + (last ? "   " : "│  "),
          shown);
    }
  }

  /** For {@code assertThat(chain)}; the same as {@link ChainAssert#assertThatChain(Chain)}. */
  @Override
  public ChainAssert assertThat() {
    return ChainAssert.assertThatChain(this);
  }

  @Override
  public String toString() {
    return "the chain "
        + correlationId
        + (events.isEmpty() ? ", which has no events" : ":" + System.lineSeparator() + tree());
  }
}
