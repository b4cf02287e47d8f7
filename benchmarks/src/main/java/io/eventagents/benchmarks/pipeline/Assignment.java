package io.eventagents.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * The task of a program, passed on its command line.
 *
 * @param brokers the address of the broker
 * @param in the topic that it reads
 * @param out the topic that it writes
 * @param group its consumer group
 * @param poll the most records of a poll
 */
record Assignment(String brokers, String in, String out, String group, int poll) {

  /** The settings of the producer of every way. */
  static final Map<String, String> PRODUCER =
      Map.of("acks", "all", "linger.ms", "5", "batch.size", "65536");

  static Assignment of(String... arguments) {
    SimpleCommandLinePropertySource given = new SimpleCommandLinePropertySource(arguments);
    return new Assignment(
        value(given, "bench.brokers"),
        value(given, "bench.in"),
        value(given, "bench.out"),
        value(given, "bench.group"),
        Integer.parseInt(value(given, "bench.poll")));
  }

  private static String value(SimpleCommandLinePropertySource given, String name) {
    return Objects.requireNonNull(given.getProperty(name), name);
  }

  List<String> arguments() {
    return new ArrayList<>(
        List.of(
            "--bench.brokers=" + brokers,
            "--bench.in=" + in,
            "--bench.out=" + out,
            "--bench.group=" + group,
            "--bench.poll=" + poll));
  }

  /** The settings of a hand-made consumer; the other ways have equivalent ones. */
  Map<String, Object> consumer() {
    Map<String, Object> consumer = new HashMap<>();
    consumer.put("bootstrap.servers", brokers);
    consumer.put("group.id", group);
    consumer.put("auto.offset.reset", "earliest");
    consumer.put("enable.auto.commit", false);
    consumer.put("isolation.level", "read_committed");
    consumer.put("max.poll.records", poll);
    return consumer;
  }

  /** The settings of a hand-made producer. */
  Map<String, Object> producer() {
    Map<String, Object> producer = new HashMap<>(PRODUCER);
    producer.put("bootstrap.servers", brokers);
    return producer;
  }
}
