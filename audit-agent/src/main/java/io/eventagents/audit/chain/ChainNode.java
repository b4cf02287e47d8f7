package io.eventagents.audit.chain;

import io.eventagents.audit.index.CausalOrder.Placed;
import io.eventagents.audit.index.OutlinedEvent;
import java.util.List;
import java.util.function.Predicate;

/**
 * An event in the tree of its chain.
 *
 * @param place its place in the order of causes, from 0
 * @param depth how many causes within the chain lead to it; 0 for a root
 * @param occurrences how many records of the chain have its id
 * @param cause the place of its cause; -1 if that is not in the chain
 * @param causeMissing whether its cause is an event that is not logged, or not yet
 */
public record ChainNode(
    OutlinedEvent event, int place, int depth, int occurrences, int cause, boolean causeMissing) {

  /**
   * The events of a chain.
   *
   * @param ordered the events in the order of causes
   * @param missing says which causes of roots are events that are not logged
   */
  public static List<ChainNode> of(List<Placed<OutlinedEvent>> ordered, Predicate<String> missing) {
    return ordered.stream().map(each -> of(each, missing)).toList();
  }

  private static ChainNode of(Placed<OutlinedEvent> each, Predicate<String> missing) {
    String cause = each.event().causationId();
    return new ChainNode(
        each.event(),
        each.place(),
        each.depth(),
        each.occurrences(),
        each.cause(),
        each.cause() < 0 && cause != null && missing.test(cause));
  }

  /** The agent that sent it, as people read it. */
  public String agent() {
    return event.source() == null ? "unknown" : event.source();
  }

  /** Its type, as people read it. */
  public String type() {
    return event.eventType() == null ? "unreadable" : event.eventType();
  }
}
