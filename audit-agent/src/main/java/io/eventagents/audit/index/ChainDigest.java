package io.eventagents.audit.index;

import io.eventagents.audit.index.CausalOrder.Placed;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Sums a chain up. */
final class ChainDigest {

  private static final String DELIVERY_FAILED = "delivery.failed";
  private static final Set<String> SETTLED = Set.of("delivery.replayed", "delivery.discarded");
  private static final List<String> FAILED = List.of(".failed", ".refused", ".rejected");
  private static final int SHOWN = 100;

  private final List<Placed<ChainLink>> placed;

  /**
   * @param links of one chain by {@code occurred_at}, at least one
   */
  ChainDigest(List<ChainLink> links) {
    this.placed = CausalOrder.of(links);
  }

  /** Ids that are named as causes and are no event of the chain. */
  Set<String> outsideCauses() {
    Set<String> causes = new LinkedHashSet<>();
    Set<String> known = new HashSet<>();
    for (Placed<ChainLink> each : placed) {
      String id = each.event().eventId();
      if (id != null) {
        known.add(id);
      }
      if (each.event().causationId() != null) {
        causes.add(each.event().causationId());
      }
    }
    causes.removeAll(known);
    return causes;
  }

  /**
   * @param missing tells which ids of causes are events that are not logged
   * @param cursor of the chain in the list
   */
  ChainSummary summary(String correlationId, Predicate<String> missing, Cursor cursor) {
    Comparator<ChainLink> byTime =
        Comparator.comparing(ChainLink::occurredAt).thenComparing(ChainLink::number);
    ChainLink first = placed.stream().map(Placed::event).min(byTime).orElseThrow();
    ChainLink latest = placed.stream().map(Placed::event).max(byTime).orElseThrow();
    return new ChainSummary(
        correlationId,
        ChainSummary.Link.of(root(missing)),
        ChainSummary.Link.of(latest),
        sources(),
        placed.size(),
        first.occurredAt(),
        latest.occurredAt(),
        failures(),
        outsideCauses().stream().filter(missing).limit(SHOWN).toList(),
        false,
        cursor);
  }

  /** One that waits for its cause is no root, unless there is no other. */
  private ChainLink root(Predicate<String> missing) {
    return placed.stream()
        .filter(each -> each.depth() == 0)
        .map(Placed::event)
        .filter(link -> link.causationId() == null || !missing.test(link.causationId()))
        .findFirst()
        .orElse(placed.getFirst().event());
  }

  private List<String> sources() {
    return placed.stream()
        .map(each -> each.event().source())
        .filter(Objects::nonNull)
        .distinct()
        .limit(SHOWN)
        .toList();
  }

  private List<ChainSummary.Link> failures() {
    Set<String> settled = new HashSet<>();
    for (Placed<ChainLink> each : placed) {
      String type = each.event().eventType();
      String cause = each.event().causationId();
      if (type != null && cause != null && SETTLED.contains(type)) {
        settled.add(cause);
      }
    }
    return placed.stream()
        .map(Placed::event)
        .filter(link -> isFailure(link, settled))
        .limit(SHOWN)
        .map(ChainSummary.Link::of)
        .toList();
  }

  private static boolean isFailure(ChainLink link, Set<String> settled) {
    String type = link.eventType();
    if (type == null) {
      return false;
    }
    if (type.equals(DELIVERY_FAILED)) {
      return link.eventId() == null || !settled.contains(link.eventId());
    }
    return FAILED.stream().anyMatch(type::endsWith);
  }
}
