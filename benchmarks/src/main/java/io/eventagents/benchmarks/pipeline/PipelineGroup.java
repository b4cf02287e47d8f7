package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.Measurement;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The same function, in → out, in every way, in paired rounds in turn on the same broker. The
 * broker and each way are processes of their own; while one way is measured, the others idle.
 */
public final class PipelineGroup implements BenchmarkGroup {

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    List<Contender> ways = ways(arguments);
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Topics topics = new Topics(broker.announcement());
        ReferenceEvents source =
            new ReferenceEvents(broker.announcement(), arguments.number("tasks"))) {
      topics.create(
          ways.stream().flatMap(way -> Stream.of(way.input(), way.output())).toList(),
          arguments.number("partitions"));
      Map<Contender, ChildJvm> programs = new EnumMap<>(Contender.class);
      try {
        for (Contender way : ways) {
          programs.put(
              way,
              way.start(
                  broker.announcement(),
                  childOptions(arguments),
                  way.needsDatabase() ? database.arguments(way.key()) : List.of()));
        }
        return report(
            measure(programs, new Run(topics, source), arguments, report), arguments, report);
      } finally {
        for (ChildJvm program : programs.values()) {
          program.close();
        }
      }
    }
  }

  static List<String> childOptions(Arguments arguments) {
    String options = arguments.text("child-options");
    return options.isBlank() ? List.of() : Arrays.asList(options.split(" "));
  }

  private static List<Contender> ways(Arguments arguments) {
    List<String> chosen = arguments.words("ways");
    List<String> known = Stream.of(Contender.values()).map(Contender::key).toList();
    for (String name : chosen) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "--ways=" + name + " is not a way; the ways are " + known);
      }
    }
    return Stream.of(Contender.values())
        .filter(way -> chosen.isEmpty() || chosen.contains(way.key()))
        .toList();
  }

  private static Map<Contender, Runs> measure(
      Map<Contender, ChildJvm> programs, Run round, Arguments arguments, Report report)
      throws InterruptedException {
    int rounds = arguments.number("rounds");
    int events = arguments.number("events");
    Map<Contender, Runs> measured = new EnumMap<>(Contender.class);
    List<Map.Entry<Contender, ChildJvm>> order = new ArrayList<>(programs.entrySet());
    // The first rounds compile the code and are not counted.
    for (int n = 1 - arguments.number("warm-up"); n <= rounds; n++) {
      for (Map.Entry<Contender, ChildJvm> entry : order) {
        Contender way = entry.getKey();
        Measurement measurement =
            round.measure(
                way.label(), entry.getValue(), way.input(), way.output(), way.events(events), 1);
        report.progress(
            "%s %s: %,.0f events/s",
            n < 1 ? "warm-up" : "round " + n, way.label(), measurement.perSecond());
        if (n > 0) {
          measured.computeIfAbsent(way, w -> new Runs()).add(measurement);
        } else {
          round.check(way.label(), way.output(), Answers.NAME);
        }
      }
      Collections.rotate(order, 1);
    }
    return measured;
  }

  private static List<Target> report(
      Map<Contender, Runs> measured, Arguments arguments, Report report) {
    Runs loop = bestLoop(measured);
    Runs ordinary = measured.get(Contender.STREAM_RECORD);
    report.heading("The pipeline beside its peers");
    report.paragraph(
        "%d rounds of %,d events, %d partitions. Median of the rounds (least to greatest).",
        arguments.number("rounds"), arguments.number("events"), arguments.number("partitions"));
    List<String[]> rows = new ArrayList<>();
    measured.forEach(
        (way, rounds) ->
            rows.add(
                new String[] {
                  way.label(),
                  rounds.rate().format(0),
                  times(rounds, loop),
                  times(rounds, ordinary),
                  rounds.spread(Measurement::cpuMicros).format(1),
                  rounds.spread(Measurement::allocatedKib).format(1)
                }));
    report.table(
        List.of(
            "way",
            "events/s",
            "times the better loop",
            "times the Stream function, one record",
            "processor time per event, µs",
            "allocated per event, KiB"),
        rows);
    return targets(measured, loop, ordinary);
  }

  private static @Nullable Runs bestLoop(Map<Contender, Runs> measured) {
    Runs small = measured.get(Contender.LOOP_500);
    Runs large = measured.get(Contender.LOOP_5000);
    if (small == null || large == null) {
      return small == null ? large : small;
    }
    return small.rate().median() > large.rate().median() ? small : large;
  }

  private static String times(Runs rounds, @Nullable Runs other) {
    return other == null ? "" : rounds.times(other).format(2);
  }

  private static List<Target> targets(
      Map<Contender, Runs> measured, @Nullable Runs loop, @Nullable Runs ordinary) {
    List<Target> targets = new ArrayList<>();
    Runs none = measured.get(Contender.AGENT_NONE);
    Runs database = measured.get(Contender.AGENT_DATABASE);
    if (none != null && loop != null) {
      targets.add(
          Target.atLeast(0.9, "`NONE`: times the hand-written loop", none.times(loop).median()));
    }
    if (none != null && ordinary != null) {
      targets.add(
          Target.atLeast(
              3, "`NONE`: times the Stream function, one record", none.times(ordinary).median()));
    }
    if (none != null && database != null) {
      targets.add(Target.atLeast(0.25, "`DATABASE`: times `NONE`", database.times(none).median()));
    }
    return targets;
  }
}
