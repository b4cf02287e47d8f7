package io.eventagents.topic;

import io.eventagents.RecordTopic;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topics that an application reads and writes.
 *
 * @param events the topics of events
 * @param deadLetters the topics of dead letters and replays
 * @param others topics that the application declares itself
 */
public record RequiredTopics(
    Set<String> events, Set<String> deadLetters, List<RecordTopic> others) {

  /** All of them. */
  public Set<String> all() {
    Set<String> all = new TreeSet<>(events);
    all.addAll(deadLetters);
    others.forEach(topic -> all.add(topic.name()));
    return all;
  }
}
