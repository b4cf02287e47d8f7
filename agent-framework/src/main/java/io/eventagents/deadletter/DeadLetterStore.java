package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.topic.TopicReader;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.RecordPosition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The dead letters of all agents. Each call reads them from the broker, so every application shows
 * all of them and needs no store of its own. Thread-safe.
 */
final class DeadLetterStore {

  private final TopicReader topics;
  private final EventReader reader;

  DeadLetterStore(TopicReader topics, EventReader reader) {
    this.topics = topics;
    this.reader = reader;
  }

  /**
   * Hands over the dead letters that match, in order per partition. If a crash had a failure
   * written more than once, the first one counts.
   *
   * @throws io.eventagents.DependencyUnavailable if the broker does not answer
   */
  void forEach(Selection selection, Consumer<StoredDeadLetter> each) {
    Resolution.Lookup resolutions = resolutions();
    Set<UUID> seen = new HashSet<>();
    topics.read(
        topicsOf(selection),
        record ->
            StoredDeadLetter.of(record, reader, resolutions)
                .filter(letter -> letter.isMeantBy(selection))
                .filter(letter -> seen.add(Resolution.failure(letter.agent(), letter.failedAt())))
                .ifPresent(each));
  }

  /**
   * A dead letter; empty if there is none, or it is no longer kept.
   *
   * @throws io.eventagents.DependencyUnavailable if the broker does not answer
   */
  Optional<StoredDeadLetter> find(String agent, DeadLetterId id) {
    return topics
        .read(
            new RecordPosition(agent + StoredDeadLetter.TOPIC_SUFFIX, id.partition(), id.offset()))
        .flatMap(record -> StoredDeadLetter.of(record, reader, resolutions()));
  }

  private Resolution.Lookup resolutions() {
    Resolution.Lookup resolutions = new Resolution.Lookup();
    topics.read(Set.of(Resolutions.TOPIC), resolutions::add);
    return resolutions;
  }

  private Set<String> topicsOf(Selection selection) {
    return selection.agent() == null
        ? topics.topics(name -> name.endsWith(StoredDeadLetter.TOPIC_SUFFIX))
        : Set.of(selection.agent() + StoredDeadLetter.TOPIC_SUFFIX);
  }
}
