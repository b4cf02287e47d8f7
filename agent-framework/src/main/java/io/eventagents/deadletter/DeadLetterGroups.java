package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Group;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Counts dead letters by group. Anybody can write dead letters, each with a reason of its own. If
 * there are too many groups, the smaller ones of an agent and state become one, which names neither
 * type nor reason. Used by one thread.
 */
final class DeadLetterGroups {

  /** How many groups are shown; up to twice as many are held. */
  static final int MOST = 1_000;

  private static final Comparator<Group> LARGEST_FIRST =
      Comparator.comparingLong(Group::count).reversed();

  private final Map<List<Object>, Group> groups = new LinkedHashMap<>();
  private final Map<List<Object>, Group> others = new LinkedHashMap<>();

  void add(StoredDeadLetter letter) {
    Group one =
        new Group(
            letter.agent(),
            String.valueOf(ShortText.of(letter.eventType())),
            ShortText.reason(letter.reason()),
            letter.resolution().state(),
            1,
            letter.failedOn(),
            letter.failedOn());
    groups.merge(
        List.of(one.agent(), one.eventType(), one.reason(), one.state()),
        one,
        DeadLetterGroups::both);
    if (groups.size() >= 2 * MOST) {
      keepLargest();
    }
  }

  /** The groups, the largest first. */
  List<Group> groups() {
    keepLargest();
    return Stream.concat(groups.values().stream(), others.values().stream())
        .sorted(LARGEST_FIRST)
        .toList();
  }

  private void keepLargest() {
    groups.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(LARGEST_FIRST))
        .skip(MOST)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            key -> {
              Group small = Objects.requireNonNull(groups.remove(key));
              others.merge(
                  List.of(small.agent(), small.state()),
                  new Group(
                      small.agent(),
                      "",
                      "",
                      small.state(),
                      small.count(),
                      small.first(),
                      small.last()),
                  DeadLetterGroups::both);
            });
  }

  private static Group both(Group one, Group other) {
    return new Group(
        one.agent(),
        one.eventType(),
        one.reason(),
        one.state(),
        one.count() + other.count(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last());
  }
}
