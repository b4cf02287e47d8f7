package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Spread;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * {@code verify} of a log, compared with {@code sha256sum} of the same files, and its memory for a
 * small and a large log. The audit agent itself writes the log.
 */
public final class AuditVerifyGroup implements BenchmarkGroup {

  private static final String TOPIC = "verify-in";
  private static final int EVENTS_AT_ONCE = 200_000;
  private static final double GIB = 1L << 30;
  private static final double MIB = 1L << 20;

  @Override
  public String name() {
    return "audit-verify";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    List<Target> targets = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    List<String> sizes = arguments.words("verify-gib");
    Path folder = Files.createTempDirectory("event-agents-audit-verify");
    try (ChildJvm broker = BrokerProcess.start();
        Topics topics = new Topics(broker.announcement());
        Database database = Database.start();
        ChainEvents source = new ChainEvents(broker.announcement())) {
      topics.create(List.of(TOPIC), arguments.number("partitions"));
      List<String> settings = new ArrayList<>(database.arguments("audit"));
      settings.add("--bench.index=false");
      settings.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
      settings.add("--audit.directory=" + folder.resolve("audit"));
      settings.add("--spring.cloud.stream.bindings.auditLog-in-0.destination=" + TOPIC);
      for (String gib : sizes) {
        try (Application audit =
            Application.start(
                ExecutableJar.AUDIT_AGENT, AuditVariant.class, "audit", folder, settings)) {
          while (size(folder) < Double.parseDouble(gib) * GIB) {
            source.write(TOPIC, EVENTS_AT_ONCE);
            while (topics.behind("audit-log", TOPIC) > 0) {
              Thread.sleep(20);
            }
            report.progress("%s has %,.0f MiB", audit.name(), size(folder) / MIB);
          }
        }
        boolean first = memory.isEmpty();
        memory.add(measure(folder, first ? arguments.number("rounds") : 1, targets, report));
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
    report.paragraph(
        "Peak resident memory of `verify`, `-Xmx256m`: %s MiB with %s GiB.",
        memory.stream().map(mib -> "%.0f".formatted(mib)).toList(), sizes);
    if (memory.size() > 1) {
      targets.add(
          Target.atMost(
              1.1,
              "verify: memory with %s GiB times that with %s"
                  .formatted(sizes.getLast(), sizes.getFirst()),
              memory.getLast() / memory.getFirst()));
    }
    return targets;
  }

  /** Measures, and returns the peak memory in MiB. */
  private static double measure(Path folder, int rounds, List<Target> targets, Report report)
      throws Exception {
    double size = size(folder);
    List<Double> verified = new ArrayList<>();
    List<Double> summed = new ArrayList<>();
    double peak = 0;
    for (int n = 0; n <= rounds; n++) {
      if (n % 2 == 0) {
        summed.add(sum(folder, size));
      }
      Timed verify = Timed.run(verify(folder), folder.resolve("verify.out"));
      verified.add(size / MIB / verify.seconds());
      peak = Math.max(peak, verify.residentMib());
      if (n % 2 != 0) {
        summed.add(sum(folder, size));
      }
      report.progress(
          "%s: verify %,.0f MiB/s with %,.0f MiB, sha256sum %,.0f MiB/s",
          n == 0 ? "warm-up" : "round " + n,
          verified.getLast(),
          verify.residentMib(),
          summed.getLast());
    }
    List<Double> ours = verified.subList(1, verified.size());
    List<Double> theirs = summed.subList(1, summed.size());
    if (rounds > 1) {
      Spread ratio = Ratios.of(ours, theirs);
      report.heading("Verifying the audit log");
      report.paragraph(
          "%d rounds, %,.0f MiB of events of 0.5 KiB. Median of the rounds (least to greatest).",
          rounds, size / MIB);
      report.table(
          List.of("program", "MiB/s", "times `sha256sum`"),
          List.of(
              new String[] {"`verify`", Spread.of(ours).format(0), ratio.format(2)},
              new String[] {"`sha256sum` of the same files", Spread.of(theirs).format(0), "1.00"}));
      targets.add(Target.atLeast(0.25, "verify: times `sha256sum`", ratio.median()));
    }
    return peak;
  }

  private static double sum(Path folder, double size) throws Exception {
    List<String> command = new ArrayList<>(List.of("sha256sum"));
    files(folder).forEach(file -> command.add(file.toString()));
    return size / MIB / Timed.run(command, folder.resolve("sha256sum.out")).seconds();
  }

  private static List<String> verify(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Application.OPTIONS);
    command.addAll(
        List.of(
            "-jar",
            ExecutableJar.AUDIT_AGENT.path().toString(),
            "verify",
            folder.resolve("audit").toString()));
    return command;
  }

  private static double size(Path folder) throws IOException {
    double size = 0;
    for (Path file : files(folder)) {
      size += Files.size(file);
    }
    return size;
  }

  private static List<Path> files(Path folder) throws IOException {
    Path log = folder.resolve("audit");
    if (!Files.isDirectory(log)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  /**
   * The run of a program.
   *
   * @param residentMib the peak of its resident memory, as last seen
   */
  private record Timed(double seconds, double residentMib) {

    static Timed run(List<String> command, Path output) throws Exception {
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      double resident = 0;
      while (process.isAlive()) {
        resident = Math.max(resident, peak(process.pid()));
        Thread.sleep(10);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s"
                .formatted(command, process.exitValue(), Files.readString(output)));
      }
      return new Timed(seconds, resident);
    }

    private static double peak(long processId) throws IOException {
      try (Stream<String> lines =
          Files.lines(Path.of("/proc", "" + processId, "status"), StandardCharsets.UTF_8)) {
        return lines
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
            .findFirst()
            .orElse(0);
      } catch (NoSuchFileException | UncheckedIOException ended) {
        return 0;
      }
    }
  }
}
