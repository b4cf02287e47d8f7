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
import java.util.List;

/** An agent that calls a slow service for many keys in parallel. */
public final class ExternalGroup implements BenchmarkGroup {

  private static final int CALL_MILLIS = 50;
  private static final int CONCURRENCY = 64;
  private static final int PARTITIONS = 4;
  private static final int KEYS = 5000;

  @Override
  public String name() {
    return "external";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    int events = arguments.number("external-events");
    double possible = CONCURRENCY * 1000.0 / CALL_MILLIS;
    Contender way = Contender.AGENT_EXTERNAL;
    Runs rounds = new Runs();
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Topics topics = new Topics(broker.announcement());
        ReferenceEvents source = new ReferenceEvents(broker.announcement(), KEYS)) {
      topics.create(List.of(way.input(), way.output()), PARTITIONS);
      List<String> further = new ArrayList<>(database.arguments("external"));
      further.add("--bench.call-millis=" + CALL_MILLIS);
      further.add("--event-agents.agents.notification-sms.concurrency=" + CONCURRENCY);
      try (ChildJvm program =
          way.start(broker.announcement(), PipelineGroup.childOptions(arguments), further)) {
        Run round = new Run(topics, source);
        for (int n = 0; n <= arguments.number("external-rounds"); n++) {
          Measurement measurement =
              round.measure(
                  way.label(),
                  program,
                  way.input(),
                  way.output(),
                  n == 0 ? Math.max(1, events / 5) : events,
                  1);
          report.progress(
              "%s: %,.0f events/s", n == 0 ? "warm-up" : "round " + n, measurement.perSecond());
          if (n == 0) {
            round.check(way.label(), way.output(), Answers.NAME);
          } else {
            rounds.add(measurement);
          }
        }
      }
    }
    report.heading("Calls of 50 ms");
    report.paragraph(
        "%d rounds of %,d events over %,d keys and %d partitions, concurrency %d: %,.0f/s are possible."
            + " Median of the rounds (least to greatest).",
        arguments.number("external-rounds"), events, KEYS, PARTITIONS, CONCURRENCY, possible);
    report.table(
        List.of(
            "way",
            "events/s",
            "of what is possible",
            "processor time per event, µs",
            "allocated per event, KiB"),
        List.<String[]>of(
            new String[] {
              way.label(),
              rounds.rate().format(0),
              rounds.spread(each -> each.perSecond() / possible).format(2),
              rounds.spread(Measurement::cpuMicros).format(1),
              rounds.spread(Measurement::allocatedKib).format(1)
            }));
    return List.of(
        Target.atLeast(
            0.8, "`EXTERNAL`, calls of 50 ms: of 64 ÷ 50 ms", rounds.rate().median() / possible));
  }
}
