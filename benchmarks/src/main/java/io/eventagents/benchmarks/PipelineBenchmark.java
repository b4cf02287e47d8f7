package io.eventagents.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * The same function, in → out, in the ways that there are: events per second of each, in paired
 * rounds one after the other on the same broker, as a Markdown table.
 *
 * <pre>{@code
 * ./mvnw -pl benchmarks -am spring-boot:run -Dspring-boot.run.arguments="--rounds=7 --events=100000"
 * }</pre>
 *
 * <p>The broker and each way are processes of their own. All read the same events and wait for none
 * of the others; while one is measured the others idle. A round is measured from the moment when
 * its events are all stored to the storing of the last answer, by the broker's clock. Ends with
 * status 1 where our agent is not 2.5 times as fast as the ordinary function.
 */
public final class PipelineBenchmark {

  private static final double DEMANDED = 2.5;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int rounds;
  private final int events;
  private final int partitions;
  private final int tasks;

  private PipelineBenchmark(SimpleCommandLinePropertySource arguments) {
    this.rounds = number(arguments, "rounds", 7);
    this.events = number(arguments, "events", 100_000);
    this.partitions = number(arguments, "partitions", 4);
    this.tasks = number(arguments, "tasks", 5_000);
  }

  /**
   * @param arguments {@code --rounds=7 --events=100000 --partitions=4 --tasks=5000}
   */
  public static void main(String[] arguments) throws Exception {
    PipelineBenchmark benchmark =
        new PipelineBenchmark(new SimpleCommandLinePropertySource(arguments));
    System.exit(benchmark.run() >= DEMANDED ? 0 : 1);
  }

  private static int number(SimpleCommandLinePropertySource arguments, String name, int byDefault) {
    String value = arguments.getProperty(name);
    return value == null ? byDefault : Integer.parseInt(value);
  }

  private double run() throws Exception {
    try (ChildJvm broker = ChildJvm.start(BrokerProcess.class);
        Topics topics = new Topics(broker.announcement(), partitions);
        ReferenceEvents source = new ReferenceEvents(broker.announcement(), tasks)) {
      topics.create(
          Stream.of(Way.values()).flatMap(way -> Stream.of(way.input(), way.output())).toList());
      Map<Way, ChildJvm> programs = new EnumMap<>(Way.class);
      try {
        for (Way way : Way.values()) {
          programs.put(way, ChildJvm.start(way.program(), broker.announcement()));
        }
        return report(measure(programs, topics, source));
      } finally {
        for (ChildJvm program : programs.values()) {
          program.close();
        }
      }
    }
  }

  private Map<Way, List<Measurement>> measure(
      Map<Way, ChildJvm> programs, Topics topics, ReferenceEvents source) throws Exception {
    Map<Way, List<Measurement>> measured = new EnumMap<>(Way.class);
    List<Way> order = new ArrayList<>(List.of(Way.values()));
    // The first round compiles the code and is not counted.
    for (int round = 0; round <= rounds; round++) {
      for (Way way : order) {
        ChildJvm program = programs.get(way);
        if (program == null) {
          throw new IllegalStateException(way + " was not started");
        }
        Measurement measurement = measure(way, program, topics, source);
        System.out.printf(
            "%s %s: %,.0f events/s%n",
            round == 0 ? "warm-up" : "round " + round, way.label(), measurement.eventsPerSecond());
        if (round > 0) {
          measured.computeIfAbsent(way, w -> new ArrayList<>()).add(measurement);
        } else {
          check(way, topics);
        }
      }
      Collections.rotate(order, 1);
    }
    return measured;
  }

  private Measurement measure(Way way, ChildJvm program, Topics topics, ReferenceEvents source)
      throws InterruptedException {
    long target = topics.size(way.output()) + events;
    Duration cpuBefore = program.cpu();
    source.write(way.input(), events);
    Instant allWritten = Instant.now();
    while (topics.size(way.output()) < target) {
      if (Duration.between(allWritten, Instant.now()).compareTo(PATIENCE) > 0) {
        throw new IllegalStateException(
            "%s answered %,d of %,d events in %s"
                .formatted(
                    way.label(), topics.size(way.output()) - target + events, events, PATIENCE));
      }
      Thread.sleep(100);
    }
    Duration cpu = program.cpu().minus(cpuBefore);
    long answers = topics.sizeSince(way.output(), allWritten);
    Duration time = Duration.between(allWritten, topics.lastStored(way.output()));
    return new Measurement(
        answers * 1e3 / Math.max(1, time.toMillis()), cpu.toNanos() / 1e3 / events);
  }

  /** That the answer is one: what is fast because it does something else proves nothing. */
  private static void check(Way way, Topics topics) {
    String answer = new String(topics.last(way.output()).getFirst().value(), UTF_8);
    for (String part :
        List.of(
            "\"event_type\":\"notification.sent\"",
            "\"correlation_id\":\"req-abc-123\"",
            "\"source\":\"notification-sms\"",
            "\"recipient\":\"user-456: Review quarterly report\"")) {
      if (!answer.contains(part)) {
        throw new IllegalStateException(way.label() + " does not answer " + part + ": " + answer);
      }
    }
  }

  private double report(Map<Way, List<Measurement>> measured) {
    List<Measurement> ordinary = measured.getOrDefault(Way.ORDINARY_FUNCTION, List.of());
    System.out.printf(
        "%n%d rounds of %,d events, %d partitions, %d processors, Java %s%n%n",
        rounds,
        events,
        partitions,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature());
    System.out.println(
        "| way | events/s | times the ordinary function | processor time per event, µs |");
    System.out.println("|---|---|---|---|");
    double reached = 0;
    for (Way way : Way.values()) {
      List<Measurement> own = measured.getOrDefault(way, List.of());
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < own.size(); round++) {
        ratios.add(own.get(round).eventsPerSecond() / ordinary.get(round).eventsPerSecond());
      }
      Spread ratio = Spread.of(ratios);
      System.out.printf(
          "| %s | %s | %s | %s |%n",
          way.label(),
          Spread.of(own.stream().map(Measurement::eventsPerSecond).toList()).format(0),
          ratio.format(2),
          Spread.of(own.stream().map(Measurement::cpuMicros).toList()).format(1));
      if (way == Way.OUR_AGENT) {
        reached = ratio.median();
      }
    }
    System.out.printf(
        "%nMedian of the rounds (least to greatest). Demanded of our agent: %.1f times the ordinary function.%n",
        DEMANDED);
    return reached;
  }
}
