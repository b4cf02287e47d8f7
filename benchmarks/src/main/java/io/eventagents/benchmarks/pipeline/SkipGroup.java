package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.JvmUsage;
import io.eventagents.benchmarks.rig.Measurement;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Events of another type, skipped by their header, compared with consumers that read bytes and do
 * nothing. Measured from the moment when the events become readable until the last one is
 * committed.
 */
public final class SkipGroup implements BenchmarkGroup {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private enum Reader {
    BYTES("`KafkaConsumer`, bytes, nothing done", BytesOnly.class),
    STREAM(
        "Stream consumer, batch of bytes, nothing done",
        StreamFunction.class,
        "--spring.cloud.function.definition=nothing"),
    AGENT("our agent, event of another type", OurAgent.class);

    private final String label;
    private final Class<?> program;
    private final List<String> arguments;

    Reader(String label, Class<?> program, String... arguments) {
      this.label = label;
      this.program = program;
      this.arguments = List.of(arguments);
    }

    String topic() {
      return "skip-" + ordinal() + "-in";
    }

    String group() {
      return "skip-" + ordinal();
    }
  }

  @Override
  public String name() {
    return "skip";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    try (ChildJvm broker = BrokerProcess.start();
        Topics topics = new Topics(broker.announcement());
        ReferenceEvents source =
            new ReferenceEvents(broker.announcement(), arguments.number("tasks"))
                .type("task.updated")) {
      topics.create(
          List.of(Reader.BYTES.topic(), Reader.STREAM.topic(), Reader.AGENT.topic(), "skip-out"),
          arguments.number("partitions"));
      Map<Reader, ChildJvm> programs = new EnumMap<>(Reader.class);
      try {
        for (Reader reader : Reader.values()) {
          List<String> all =
              new Assignment(
                      broker.announcement(), reader.topic(), "skip-out", reader.group(), 5000)
                  .arguments();
          all.addAll(reader.arguments);
          programs.put(
              reader, ChildJvm.start(reader.program, PipelineGroup.childOptions(arguments), all));
        }
        return report(measure(programs, topics, source, arguments, report), arguments, report);
      } finally {
        for (ChildJvm program : programs.values()) {
          program.close();
        }
      }
    }
  }

  private static Map<Reader, Runs> measure(
      Map<Reader, ChildJvm> programs,
      Topics topics,
      ReferenceEvents source,
      Arguments arguments,
      Report report)
      throws Exception {
    int rounds = arguments.number("rounds");
    int events = arguments.number("skip-events");
    Map<Reader, Runs> measured = new EnumMap<>(Reader.class);
    List<Map.Entry<Reader, ChildJvm>> order = new ArrayList<>(programs.entrySet());
    for (int n = 1 - arguments.number("warm-up"); n <= rounds; n++) {
      for (Map.Entry<Reader, ChildJvm> entry : order) {
        Reader reader = entry.getKey();
        JvmUsage before = entry.getValue().usage();
        Instant released = source.write(reader.topic(), events);
        while (topics.behind(reader.group(), reader.topic()) > 0) {
          if (Duration.between(released, Instant.now()).compareTo(PATIENCE) > 0) {
            throw new IllegalStateException(
                reader.label + " did not read all events in " + PATIENCE);
          }
          Thread.sleep(5);
        }
        Duration time = Duration.between(released, Instant.now());
        Measurement measurement =
            Measurement.of(events, time.toNanos() / 1e9, entry.getValue().usage().since(before));
        report.progress(
            "%s %s: %,.0f events/s",
            n < 1 ? "warm-up" : "round " + n, reader.label, measurement.perSecond());
        if (n > 0) {
          measured.computeIfAbsent(reader, r -> new Runs()).add(measurement);
        }
      }
      Collections.rotate(order, 1);
    }
    if (topics.size("skip-out") > 0) {
      throw new IllegalStateException("Events of another type were answered");
    }
    return measured;
  }

  private static List<Target> report(
      Map<Reader, Runs> measured, Arguments arguments, Report report) {
    Runs bytes = Objects.requireNonNull(measured.get(Reader.BYTES));
    Runs agent = Objects.requireNonNull(measured.get(Reader.AGENT));
    report.heading("Skipping events of another type");
    report.paragraph(
        "%d rounds of %,d events, %d partitions, polls of 5,000. Median of the rounds (least to greatest).",
        arguments.number("rounds"),
        arguments.number("skip-events"),
        arguments.number("partitions"));
    List<String[]> rows = new ArrayList<>();
    measured.forEach(
        (reader, rounds) ->
            rows.add(
                new String[] {
                  reader.label,
                  rounds.rate().format(0),
                  rounds.times(bytes).format(2),
                  rounds.spread(Measurement::cpuMicros).format(2),
                  rounds.spread(Measurement::allocatedKib).format(2)
                }));
    report.table(
        List.of(
            "reader",
            "events/s",
            "times the `KafkaConsumer`",
            "processor time per event, µs",
            "allocated per event, KiB"),
        rows);
    return List.of(
        Target.atLeast(
            0.7, "skipping: times consuming and doing nothing", agent.times(bytes).median()));
  }
}
