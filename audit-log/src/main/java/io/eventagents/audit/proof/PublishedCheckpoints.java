package io.eventagents.audit.proof;

import io.eventagents.Broker;
import io.eventagents.audit.log.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The checkpoints of a log that are on the topic, where who can write its directory cannot change
 * them. Thread-safe.
 */
final class PublishedCheckpoints {

  /** As many as are looked at first: usually the first of them is a good one. */
  private static final int FIRST = 64;

  private static final int TIMES_MORE = 16;

  private final Broker broker;
  private final byte[] key;

  /**
   * @param logId the text in {@code log.id}
   */
  PublishedCheckpoints(Broker broker, String logId) {
    this.broker = broker;
    this.key = ByteText.ascii(logId);
  }

  /**
   * The one of the most lines among those that these keys vouch for; whoever else writes to the
   * topic cannot hide it. Those of lines that are known to be missing do not count. Empty where
   * there is none, or the binder is not Kafka's.
   *
   * @throws io.eventagents.DependencyUnavailable if the broker does not answer
   */
  Optional<SignedCheckpoint> newest(KeyHistory keys, LogBreaks breaks) {
    if (broker.admin().isEmpty()) {
      return Optional.empty();
    }
    // To verify all signatures of some years takes minutes, and the topic fits no memory.
    for (int atMost = FIRST; ; atMost *= TIMES_MORE) {
      Longest longest = new Longest(atMost, breaks);
      broker.read(List.of(Checkpoints.TOPIC), longest::take);
      Optional<SignedCheckpoint> newest = longest.signedBy(keys);
      if (newest.isPresent() || !longest.hasLeftSome()) {
        return newest;
      }
    }
  }

  /** Those of the most lines, whoever signed them. */
  private final class Longest {

    private static final Comparator<SignedCheckpoint> BY_LINES =
        Comparator.comparingLong(SignedCheckpoint::lines);

    private final int atMost;
    private final LogBreaks breaks;
    private final PriorityQueue<SignedCheckpoint> kept = new PriorityQueue<>(BY_LINES);
    private boolean leftSome;

    Longest(int atMost, LogBreaks breaks) {
      this.atMost = atMost;
      this.breaks = breaks;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
      byte[] value = record.value();
      if (value == null || !Arrays.equals(key, record.key())) {
        return;
      }
      try {
        SignedNote note = SignedNote.parse(new String(value, StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (breaks.supersede(checkpoint)) {
          return;
        }
        kept.add(new SignedCheckpoint(note, checkpoint));
      } catch (MalformedNote e) {
        // A succession of keys, a break, or rubbish: who verifies is told.
        return;
      }
      if (kept.size() > atMost) {
        kept.remove();
        leftSome = true;
      }
    }

    boolean hasLeftSome() {
      return leftSome;
    }

    Optional<SignedCheckpoint> signedBy(KeyHistory keys) {
      return kept.stream()
          .sorted(BY_LINES.reversed())
          .filter(one -> keys.vouchesFor(one.note(), one.checkpoint().time()))
          .findFirst();
    }
  }
}
