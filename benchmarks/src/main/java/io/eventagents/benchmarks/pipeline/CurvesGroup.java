package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Measurement;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how the rate depends on the number of agents, the number of partitions and the size of
 * events.
 */
public final class CurvesGroup implements BenchmarkGroup {

  private static final int POLL = 5000;

  /**
   * One point of a curve.
   *
   * @param label its name
   * @param agents the number of agents in one process
   * @param partitions the number of partitions of each topic
   * @param bytes the size of an event; 0 leaves the reference event unchanged
   * @param share the divisor of the usual number of events
   */
  private record Point(String label, int agents, int partitions, int bytes, int share) {}

  private static final List<Point> POINTS =
      List.of(
          new Point("1 agent", 1, 4, 0, 1),
          new Point("2 agents", 2, 4, 0, 2),
          new Point("4 agents", 4, 4, 0, 4),
          new Point("8 agents", 8, 4, 0, 8),
          new Point("1 partition", 1, 1, 0, 1),
          new Point("2 partitions", 1, 2, 0, 1),
          new Point("8 partitions", 1, 8, 0, 1),
          new Point("events of 3 KiB", 1, 4, 3 << 10, 2),
          new Point("events of 30 KiB", 1, 4, 30 << 10, 8));

  @Override
  public String name() {
    return "curves";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    List<String[]> rows = new ArrayList<>();
    for (Point point : chosen(arguments.words("curve-points"))) {
      rows.add(measure(point, arguments, report));
    }
    report.heading("Curves");
    report.paragraph(
        "Unless a row says otherwise: 1 agent, 4 partitions, events of 0.3 KiB, polls of 5,000; %d rounds. A process of"
            + " several agents or loops reads each event several times: the rates count answers."
            + " Median of the rounds (least to greatest).",
        arguments.number("curve-rounds"));
    report.table(
        List.of(
            "point",
            "loop, answers/s",
            "our agent, answers/s",
            "times the loop",
            "loop, processor µs per answer",
            "our agent, processor µs per answer"),
        rows);
    return List.of();
  }

  private static List<Point> chosen(List<String> labels) {
    List<String> known = POINTS.stream().map(Point::label).toList();
    for (String label : labels) {
      if (!known.contains(label)) {
        throw new IllegalArgumentException(
            "--curve-points=" + label + " is not a point; the points are " + known);
      }
    }
    return POINTS.stream()
        .filter(point -> labels.isEmpty() || labels.contains(point.label()))
        .toList();
  }

  private static String[] measure(Point point, Arguments arguments, Report report)
      throws Exception {
    int events = Math.max(1, arguments.number("curve-events") / point.share());
    Runs loop = new Runs();
    Runs agent = new Runs();
    try (ChildJvm broker = BrokerProcess.start();
        Topics topics = new Topics(broker.announcement());
        ReferenceEvents source =
            new ReferenceEvents(broker.announcement(), arguments.number("tasks"))
                .size(point.bytes())) {
      topics.create(List.of("loop-in", "loop-out", "agent-in", "agent-out"), point.partitions());
      try (ChildJvm loopProgram =
              start(HandWrittenLoop.class, broker, "loop", "--bench.loops=" + point.agents());
          ChildJvm agentProgram =
              start(ManyAgents.class, broker, "agent", "--bench.agents=" + point.agents())) {
        Run round = new Run(topics, source);
        for (int n = 1 - arguments.number("warm-up"); n <= arguments.number("curve-rounds"); n++) {
          Measurement byLoop =
              round.measure(
                  "loop, " + point.label(),
                  loopProgram,
                  "loop-in",
                  "loop-out",
                  events,
                  point.agents());
          Measurement byAgent =
              round.measure(
                  "our agent, " + point.label(),
                  agentProgram,
                  "agent-in",
                  "agent-out",
                  events,
                  point.agents());
          report.progress(
              "%s, %s: loop %,.0f, our agent %,.0f answers/s",
              point.label(),
              n < 1 ? "warm-up" : "round " + n,
              byLoop.perSecond(),
              byAgent.perSecond());
          if (n > 0) {
            loop.add(byLoop);
            agent.add(byAgent);
          }
        }
      }
    }
    return new String[] {
      point.label(),
      loop.rate().format(0),
      agent.rate().format(0),
      agent.times(loop).format(2),
      loop.spread(Measurement::cpuMicros).format(1),
      agent.spread(Measurement::cpuMicros).format(1)
    };
  }

  private static ChildJvm start(
      Class<?> program, ChildJvm broker, String name, String furtherArgument) throws Exception {
    List<String> all =
        new Assignment(broker.announcement(), name + "-in", name + "-out", name, POLL).arguments();
    all.add(furtherArgument);
    return ChildJvm.start(program, List.of(), all);
  }
}
