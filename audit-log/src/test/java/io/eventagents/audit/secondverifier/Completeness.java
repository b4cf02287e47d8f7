package io.eventagents.audit.secondverifier;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether records are missing between those that are there (section "What has to hold", COMPLETE).
 */
final class Completeness {

  private record Partition(String topic, String topicId, int number) {

    @Override
    public String toString() {
      return topic + " [" + topicId + "] partition " + number;
    }
  }

  private final Map<Partition, Long> due = new HashMap<>();
  private final Map<String, Set<String>> idsOfTopics = new HashMap<>();
  private final Findings findings;

  Completeness(Findings findings) {
    this.findings = findings;
  }

  /** A line counts with its head and gap, also if its payload or chain is changed. */
  void line(Place place, Head head, Optional<Gap> gap, boolean chained) {
    noteNewId(place, head);
    Partition partition = new Partition(head.topic(), head.topicId(), head.partition());
    long expected = due.getOrDefault(partition, 0L);
    if (gap.isPresent()) {
      checkGap(place, partition, expected, head.offset(), gap.get());
    } else if (head.offset() > expected && !chained) {
      findings.note(place + ": no word on the offsets before, as before there were chains");
    } else if (head.offset() != expected) {
      findings.hole(
          place,
          partition
              + ": expected offset "
              + expected
              + ", found "
              + head.offset()
              + " without a gap");
    }
    due.put(partition, head.offset() + 1);
  }

  private void checkGap(Place place, Partition partition, long expected, long offset, Gap gap) {
    if (gap.from() != expected || gap.to() != offset - 1 || gap.from() > gap.to()) {
      findings.hole(
          place,
          partition
              + ": expected a gap from "
              + expected
              + " to "
              + (offset - 1)
              + ", found "
              + gap);
    } else if (gap.isHole()) {
      findings.hole(place, partition + ": " + gap);
    } else {
      findings.gap(place, partition + ": " + gap);
    }
  }

  private void noteNewId(Place place, Head head) {
    Set<String> ids = idsOfTopics.computeIfAbsent(head.topic(), topic -> new HashSet<>());
    if (ids.add(head.topicId()) && ids.size() > 1) {
      findings.note(
          place + ": topic " + head.topic() + " was made again, its id is " + head.topicId());
    }
  }
}
