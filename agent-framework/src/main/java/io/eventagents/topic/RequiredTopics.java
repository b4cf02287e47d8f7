package io.eventagents.topic;

import java.util.Set;
import java.util.TreeSet;

/**
 * The topics that an application reads and writes.
 *
 * @param events the topics of events
 * @param deadLetters those of dead letters and replays
 */
public record RequiredTopics(Set<String> events, Set<String> deadLetters) {

  /** All of them. */
  public Set<String> all() {
    Set<String> all = new TreeSet<>(events);
    all.addAll(deadLetters);
    return all;
  }
}
