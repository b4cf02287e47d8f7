package io.eventagents.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.JvmUsage;
import io.eventagents.benchmarks.rig.Measurement;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One program that handles one set of events, from the moment when they become readable until the
 * last answer is stored, by the broker's clock.
 */
record Run(Topics topics, ReferenceEvents source) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Measures a program.
   *
   * @param answersPerEvent the number of answers to each event
   * @throws IllegalStateException if answers are missing or there are too many
   */
  Measurement measure(
      String label, ChildJvm program, String in, String out, int events, int answersPerEvent)
      throws InterruptedException {
    long answers = (long) events * answersPerEvent;
    long target = topics.size(out) + answers;
    JvmUsage before = program.usage();
    Instant released = source.write(in, events);
    long size = topics.size(out);
    while (size < target) {
      if (Duration.between(released, Instant.now()).compareTo(PATIENCE) > 0) {
        throw new IllegalStateException(
            "%s gave %,d of %,d answers in %s"
                .formatted(label, size - target + answers, answers, PATIENCE));
      }
      Thread.sleep(25);
      size = topics.size(out);
    }
    JvmUsage used = program.usage().since(before);
    if (size > target) {
      throw new IllegalStateException(
          "%s gave %,d answers too many".formatted(label, size - target));
    }
    Duration time = Duration.between(released, topics.lastStored(out));
    return Measurement.of((int) answers, time.toNanos() / 1e9, used);
  }

  /** Checks the answers: speed means nothing if the program does something else. */
  void check(String label, String out, String source) {
    for (ConsumerRecord<byte[], byte[]> record : topics.last(out)) {
      String answer = new String(record.value(), UTF_8);
      for (String part :
          List.of(
              "\"event_type\":\"notification.sent\"",
              "\"correlation_id\":\"req-abc-123\"",
              "\"source\":\"" + source + "\"",
              "\"recipient\":\"user-456: Review quarterly report\"")) {
        if (!answer.contains(part)) {
          throw new IllegalStateException(label + " does not answer " + part + ": " + answer);
        }
      }
      for (String name :
          List.of("event_id", "event_type", "correlation_id", "causation_id", "source")) {
        Header header = record.headers().lastHeader(name);
        if (header == null
            || !answer.contains("\"" + name + "\":\"" + new String(header.value(), UTF_8) + '"')) {
          throw new IllegalStateException(
              label + " does not repeat " + name + " in a header: " + record.headers());
        }
      }
      if (record.key() == null || !answer.contains(new String(record.key(), UTF_8))) {
        throw new IllegalStateException(label + " does not pass on the key: " + answer);
      }
    }
  }
}
