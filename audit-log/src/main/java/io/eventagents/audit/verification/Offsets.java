package io.eventagents.audit.verification;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.Gap;
import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.LineFields;
import io.eventagents.audit.log.LogPartition;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * Follows the offsets of every partition: no record may be missing, but where the log says why. Not
 * thread-safe.
 */
final class Offsets {

  private static final int KEPT_GAPS = 200;

  /** Where a partition stands. */
  private static final class State {
    final LogPartition partition;
    long next;

    State(LogPartition partition) {
      this.partition = partition;
    }
  }

  /** Bytes of a line that name a partition; looked up by those of the line at hand. */
  private static final class Key {
    private byte[] bytes;
    private int from;
    private int end;
    private int hash;

    Key(byte[] bytes, int from, int end) {
      this.bytes = bytes;
      set(bytes, from, end);
    }

    void set(byte[] line, int start, int until) {
      bytes = line;
      from = start;
      end = until;
      int h = 1;
      for (int i = start; i < until; i++) {
        h = 31 * h + line[i];
      }
      hash = h;
    }

    Key copy() {
      byte[] own = Arrays.copyOfRange(bytes, from, end);
      return new Key(own, 0, own.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && Arrays.equals(bytes, from, end, that.bytes, that.from, that.end);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final Findings findings;
  private final Map<Key, State> partitions = new LinkedHashMap<>();
  private final Key key = new Key(new byte[0], 0, 0);
  private final Map<GapReason, long[]> gaps = new EnumMap<>(GapReason.class);
  private final Deque<Gap> legitimate = new ArrayDeque<>();
  private long untold;

  Offsets(Findings findings) {
    this.findings = findings;
  }

  /** Takes the line in. */
  void take(LineFields parts, String file, long line, long position) {
    State state = state(parts);
    long missing = parts.offset - state.next;
    if (missing < 0) {
      findings.add(
          file,
          line,
          position,
          "offset %d or later of %s".formatted(state.next, named(state.partition)),
          "offset %d, which was logged before".formatted(parts.offset));
      return;
    }
    GapReason because = parts.because;
    if (because == null && missing > 0 && parts.chain < 0) {
      // Lines did not say it before they had a chain; that one lost it is found elsewhere.
      untold += missing;
    } else if (because == null) {
      if (missing > 0) {
        findings.add(
            file,
            line,
            position,
            "offset %d of %s".formatted(state.next, named(state.partition)),
            "offset %d, and no word on the %d between".formatted(parts.offset, missing));
      }
    } else {
      takeGap(parts, because, state, file, line, position);
    }
    state.next = parts.offset + 1;
  }

  private void takeGap(
      LineFields parts, GapReason because, State state, String file, long line, long position) {
    Gap gap = new Gap(state.partition, parts.gapFrom, parts.gapTo);
    if (parts.gapFrom != state.next || parts.gapTo != parts.offset - 1 || gap.size() < 1) {
      findings.add(
          file,
          line,
          position,
          parts.offset == state.next
              ? "no gap before offset %d of %s".formatted(state.next, named(state.partition))
              : "a gap from offset %d to %d of %s"
                  .formatted(state.next, parts.offset - 1, named(state.partition)),
          "one from %d to %d".formatted(parts.gapFrom, parts.gapTo));
      return;
    }
    long[] counted = gaps.computeIfAbsent(because, reason -> new long[2]);
    counted[0]++;
    counted[1] += gap.size();
    if (because.isLegitimate()) {
      legitimate.addLast(gap);
      if (legitimate.size() > KEPT_GAPS) {
        legitimate.removeFirst();
      }
    } else {
      findings.add(
          file,
          line,
          position,
          "%d records of %s at %s".formatted(gap.size(), named(state.partition), gap),
          switch (because) {
            case RETENTION -> "that the broker had deleted them before they were read";
            case SKIPPED -> "that they were passed over on an operator's word (event-agents.skip)";
            default -> "that nobody knows why they are missing";
          });
    }
  }

  /** Offsets that are missing before lines of a time when lines did not say why. */
  long untold() {
    return untold;
  }

  /** Gaps and the offsets in them, by reason. */
  Map<GapReason, long[]> gaps() {
    return gaps;
  }

  /** The last legitimate gaps. */
  Deque<Gap> legitimate() {
    return legitimate;
  }

  /** The offset after the last line of each partition. */
  Map<LogPartition, Long> next() {
    Map<LogPartition, Long> next = new LinkedHashMap<>();
    partitions.values().forEach(state -> next.put(state.partition, state.next));
    return next;
  }

  /** The ids of each topic, more than one where it was made again. */
  Map<String, Set<Uuid>> topics() {
    Map<String, Set<Uuid>> topics = new LinkedHashMap<>();
    partitions
        .values()
        .forEach(
            state ->
                topics
                    .computeIfAbsent(state.partition.topic(), topic -> new LinkedHashSet<>())
                    .add(state.partition.topicId()));
    return topics;
  }

  private State state(LineFields parts) {
    key.set(parts.line, parts.topic, parts.placeEnd);
    State known = partitions.get(key);
    if (known == null) {
      known =
          new State(
              new LogPartition(
                  ByteText.text(parts.line, parts.topic, parts.topicEnd),
                  Uuid.fromString(ByteText.text(parts.line, parts.topicId, parts.topicIdEnd)),
                  parts.partition));
      partitions.put(key.copy(), known);
    }
    return known;
  }

  private static String named(LogPartition partition) {
    return partition.topic() + "-" + partition.partition();
  }
}
