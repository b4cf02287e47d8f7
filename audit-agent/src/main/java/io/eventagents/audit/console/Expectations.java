package io.eventagents.audit.console;

import io.eventagents.audit.index.OutlinedEvent;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what a chain still waits for, and where it failed. Thread-safe. */
final class Expectations {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, List<Expectation>> byType = new HashMap<>();
  private final Set<String> types = new HashSet<>();
  private final Clock clock;

  Expectations(List<Expectation> expectations, Clock clock) {
    for (Expectation expectation : expectations) {
      byType.computeIfAbsent(expectation.after(), type -> new ArrayList<>()).add(expectation);
      types.add(expectation.after());
      types.addAll(expectation.until());
    }
    this.clock = clock;
  }

  /** The types whose data are needed. */
  Set<String> types() {
    return types;
  }

  /** The types that tell of failures. */
  Set<String> failures() {
    return byType.values().stream()
        .flatMap(List::stream)
        .filter(Expectation::failed)
        .map(Expectation::after)
        .collect(Collectors.toSet());
  }

  /** What did not follow the events of a chain, in their order. */
  List<Awaited> of(List<ChainNode> nodes) {
    Map<String, List<ChainNode>> occurred = new HashMap<>();
    for (ChainNode node : nodes) {
      if (types.contains(node.type())) {
        occurred.computeIfAbsent(node.type(), type -> new ArrayList<>()).add(node);
      }
    }
    List<Awaited> awaited = new ArrayList<>();
    for (ChainNode node : nodes) {
      for (Expectation expectation : byType.getOrDefault(node.type(), List.of())) {
        if (!isFollowed(expectation, node, occurred, nodes)) {
          awaited.add(awaited(expectation, node));
        }
      }
    }
    return awaited;
  }

  /** How a chain stands: a failure before what is merely waited for. */
  static Outcome outcome(List<Awaited> awaited) {
    List<Awaited> failed = awaited.stream().filter(Awaited::failed).toList();
    if (!failed.isEmpty()) {
      Awaited first = failed.getFirst();
      return new Outcome.Failed(first.node(), failed.size() - 1);
    }
    return awaited.stream()
        .min((a, b) -> deadline(a).compareTo(deadline(b)))
        .<Outcome>map(
            first ->
                new Outcome.Waiting(
                    first.types(), first.until(), first.overdue(), awaited.size() - 1))
        .orElseGet(Outcome.Complete::new);
  }

  private static Instant deadline(Awaited awaited) {
    return awaited.until() == null ? Instant.MAX : awaited.until();
  }

  private static boolean isFollowed(
      Expectation expectation,
      ChainNode node,
      Map<String, List<ChainNode>> occurred,
      List<ChainNode> nodes) {
    Stream<ChainNode> candidates =
        expectation.until().stream()
            .flatMap(type -> occurred.getOrDefault(type, List.of()).stream());
    if (expectation.same().isEmpty()) {
      return candidates.anyMatch(candidate -> descends(candidate, node, nodes));
    }
    JsonNode data = data(node.event());
    return candidates.anyMatch(
        candidate ->
            candidate.event().number() > node.event().number()
                && agrees(expectation.same(), data, data(candidate.event())));
  }

  private static boolean descends(ChainNode node, ChainNode from, List<ChainNode> nodes) {
    // A cause stands before its effects, so this ends.
    for (int above = node.cause(); above >= from.place(); above = nodes.get(above).cause()) {
      if (above == from.place()) {
        return true;
      }
    }
    return false;
  }

  private static boolean agrees(List<String> fields, JsonNode one, JsonNode other) {
    return fields.stream().allMatch(field -> Objects.equals(one.path(field), other.path(field)));
  }

  private Awaited awaited(Expectation expectation, ChainNode node) {
    JsonNode data = data(node.event());
    Instant until = until(expectation, node.event(), data);
    return new Awaited(
        node,
        expectation.until(),
        until,
        until != null && until.isBefore(clock.instant()),
        expectation.failed());
  }

  private static @Nullable Instant until(
      Expectation expectation, OutlinedEvent event, JsonNode data) {
    if (expectation.deadline() != null) {
      Instant said = instant(data.path(expectation.deadline()).asString(""));
      if (said != null) {
        return said;
      }
    }
    return expectation.within() == null ? null : event.occurredAt().plus(expectation.within());
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null; // anybody can write anything there
    }
  }

  private static JsonNode data(OutlinedEvent event) {
    try {
      return event.data() == null ? JSON.missingNode() : JSON.readTree(event.data());
    } catch (JacksonException unreadable) {
      return JSON.missingNode();
    }
  }
}
