package io.eventagents.replay;

import io.eventagents.DeadLetterDesk.Group;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds one letter after the other to its group. Used by one thread. */
final class CountedLetters {

  private final Map<List<String>, Group> groups = new LinkedHashMap<>();

  void add(DeadLetter letter) {
    Group one =
        new Group(
            letter.agent(),
            letter.eventType(),
            letter.reason(),
            letter.resolution().state().text(),
            1,
            letter.failedOn(),
            letter.failedOn());
    groups.merge(
        List.of(one.agent(), one.eventType(), one.reason(), one.state()),
        one,
        CountedLetters::both);
  }

  /** The largest first. */
  List<Group> groups() {
    return groups.values().stream()
        .sorted(Comparator.comparingLong(Group::count).reversed())
        .toList();
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
