package io.eventagents.audit.console;

import io.eventagents.DeadLetterDesk.Group;
import io.eventagents.DeadLetterDesk.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Dead letters of one agent with one reason.
 *
 * @param reason as the viewer may see it
 * @param open how many are open
 * @param underWay how many are being replayed or discarded
 * @param path of the page of its letters
 * @param now the current time
 */
record DeadLetterGroup(
    String agent,
    String type,
    String reason,
    long open,
    long underWay,
    String path,
    Instant first,
    Instant last,
    Instant now) {

  private static final String OTHERS = "many other types and reasons";

  /** Merges groups that differ only in state; the largest come first. */
  static List<DeadLetterGroup> of(
      List<Group> groups, Instant now, PersonalView personal, Viewer viewer) {
    Map<List<String>, DeadLetterGroup> merged = new LinkedHashMap<>();
    for (Group group : groups) {
      boolean open = group.state() == State.OPEN;
      DeadLetterGroup one =
          new DeadLetterGroup(
              group.agent(),
              group.eventType(),
              isOfOthers(group)
                  ? OTHERS
                  : Excerpt.sentence(personal.reason(group.reason(), viewer)),
              open ? group.count() : 0,
              open ? 0 : group.count(),
              path(group),
              group.first(),
              group.last(),
              now);
      merged.merge(
          List.of(group.agent(), group.eventType(), group.reason()), one, DeadLetterGroup::and);
    }
    return merged.values().stream()
        .sorted(
            Comparator.comparingLong((DeadLetterGroup one) -> one.open + one.underWay).reversed())
        .toList();
  }

  /** The group of all that was too much to tell apart has neither type nor reason. */
  private static boolean isOfOthers(Group group) {
    return group.eventType().isEmpty() && group.reason().isEmpty();
  }

  /** How old the oldest is. */
  public String age() {
    return Moments.age(first, now);
  }

  /** How old the newest is. */
  public String latest() {
    return Moments.age(last, now);
  }

  private DeadLetterGroup and(DeadLetterGroup other) {
    return new DeadLetterGroup(
        agent,
        type,
        reason,
        open + other.open,
        underWay + other.underWay,
        path,
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last,
        now);
  }

  private static String path(Group group) {
    return UriComponentsBuilder.fromPath("/letters")
        .queryParam("agent", "{agent}")
        .queryParam("event_type", "{type}")
        .queryParam("reason", "{reason}")
        .encode()
        .buildAndExpand(group.agent(), group.eventType(), group.reason())
        .toUriString();
  }
}
