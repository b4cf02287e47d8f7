package io.eventagents.audit.console;

import io.eventagents.audit.index.CausalOrder;
import io.eventagents.audit.index.CausalOrder.Placed;
import io.eventagents.audit.index.OutlinedEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An event in the tree of its chain.
 *
 * @param place its place in the order of causes, from 0
 * @param depth how many causes within the chain lead to it; 0 for a root
 * @param occurrences how many records of the chain have its id
 * @param cause the place of its cause; -1 where that is not in the chain
 * @param causeMissing whether it names an event as its cause that is not logged (yet)
 */
record ChainNode(
    OutlinedEvent event, int place, int depth, int occurrences, int cause, boolean causeMissing) {

  /**
   * The events of a chain in the order of causes.
   *
   * @param records of one chain
   * @param missing tells which causes that are not in the chain are events that are not logged
   */
  static List<ChainNode> of(List<OutlinedEvent> records, Predicate<String> missing) {
    Set<String> known = new HashSet<>();
    for (OutlinedEvent record : records) {
      if (record.eventId() != null) {
        known.add(record.eventId());
      }
    }
    List<ChainNode> nodes = new ArrayList<>(records.size());
    for (Placed<OutlinedEvent> each : CausalOrder.of(records)) {
      String cause = each.event().causationId();
      nodes.add(
          new ChainNode(
              each.event(),
              each.place(),
              each.depth(),
              each.occurrences(),
              each.cause(),
              cause != null && !known.contains(cause) && missing.test(cause)));
    }
    return nodes;
  }

  /** Who sent it, for people. */
  public String agent() {
    return event.source() == null ? UNKNOWN_AGENT : event.source();
  }

  /** Its type, for people. */
  public String type() {
    return event.eventType() == null ? "unreadable" : event.eventType();
  }

  /** Its id as the name of a place on a page. */
  public String anchor() {
    return "event-" + Links.encoded(id());
  }

  /** The address of its page. */
  public String path() {
    return event.eventId() == null ? Links.record(event) : Links.event(event.eventId());
  }

  private String id() {
    @Nullable String id = event.eventId();
    return id == null ? event.topicId() + "-" + event.partition() + "-" + event.offset() : id;
  }

  private static final String UNKNOWN_AGENT = "unknown";
}
