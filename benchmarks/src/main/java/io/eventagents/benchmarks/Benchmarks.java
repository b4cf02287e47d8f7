package io.eventagents.benchmarks;

import io.eventagents.benchmarks.pipeline.CurvesGroup;
import io.eventagents.benchmarks.pipeline.ExternalGroup;
import io.eventagents.benchmarks.pipeline.PipelineGroup;
import io.eventagents.benchmarks.pipeline.SkipGroup;
import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.MachineFacts;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.system.AuditIndexGroup;
import io.eventagents.benchmarks.system.AuditLogGroup;
import io.eventagents.benchmarks.system.AuditLookupGroup;
import io.eventagents.benchmarks.system.AuditVerifyGroup;
import io.eventagents.benchmarks.system.HttpGroup;
import io.eventagents.benchmarks.system.LatencyGroup;
import io.eventagents.benchmarks.system.MailGroup;
import io.eventagents.benchmarks.system.MemoryGroup;
import io.eventagents.benchmarks.system.RemindersGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all benchmarks or some of them, and prints their results as Markdown.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am -DskipTests package spring-boot:run
 * ./mvnw -q -pl benchmarks -am -DskipTests package spring-boot:run -Dspring-boot.run.arguments="--only=pipeline,skip --rounds=9"
 * }</pre>
 *
 * <p>Ends with status 1 if a figure misses its target, 2 if something could not be measured.
 */
public final class Benchmarks {

  private static final List<BenchmarkGroup> GROUPS =
      List.of(
          new PipelineGroup(),
          new SkipGroup(),
          new ExternalGroup(),
          new HttpGroup(),
          new LatencyGroup(),
          new MailGroup(),
          new CurvesGroup(),
          new MemoryGroup(),
          new RemindersGroup(),
          new AuditLogGroup(),
          new AuditIndexGroup(),
          new AuditLookupGroup(),
          new AuditVerifyGroup());

  private Benchmarks() {}

  /**
   * @param arguments {@code --name=value}; the error message for an unknown one lists all of them
   */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(new Arguments(arguments)));
  }

  private static int run(Arguments arguments) throws Exception {
    Report report = new Report(System.out, System.err);
    List<Target> targets = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    MachineFacts.report(report);
    for (BenchmarkGroup group : chosen(arguments.words("only"))) {
      report.progress("%s begins", group.name());
      try {
        targets.addAll(group.run(arguments, report));
      } catch (Exception e) {
        // The other groups can still be measured; the exit status shows that this one is missing.
        report.failure(group.name(), e);
        report.paragraph("`%s` could not be measured: %s", group.name(), e.toString());
        broken.add(group.name());
      }
    }
    report.heading("Targets");
    report.targets(targets);
    if (!arguments.text("out").isEmpty()) {
      report.write(Path.of(arguments.text("out")));
    }
    if (!broken.isEmpty()) {
      return 2;
    }
    return targets.stream().allMatch(Target::isReached) ? 0 : 1;
  }

  private static List<BenchmarkGroup> chosen(List<String> names) {
    List<String> known = GROUPS.stream().map(BenchmarkGroup::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "--only=" + name + " is not a group of benchmarks; the groups are " + known);
      }
    }
    return GROUPS.stream()
        .filter(group -> names.isEmpty() || names.contains(group.name()))
        .toList();
  }
}
