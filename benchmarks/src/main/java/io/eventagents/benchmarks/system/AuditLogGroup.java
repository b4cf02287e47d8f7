package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.ReferenceEvents;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Spread;
import io.eventagents.benchmarks.rig.Target;
import io.eventagents.benchmarks.rig.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/**
 * Writing the audit log, with everything that makes it evidence, compared with a consumer that does
 * nothing and a minimal hand-written loop. Measured from the moment when the events become readable
 * until the last one is committed.
 */
public final class AuditLogGroup implements BenchmarkGroup {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The length of a line for the reference event, in bytes. */
  private static final int LINE = 940;

  private static final int BATCH = 5000;

  private enum Reader {
    NOTHING("`KafkaConsumer`, bytes, nothing done", 1),
    LOOP("loop: parse, append, commit each", 60),
    AUDIT("our audit agent, its log", 1),
    DISK("nothing but the lines to the disk, synced every 5,000", 1);

    private final String label;
    private final int share;

    Reader(String label, int share) {
      this.label = label;
      this.share = share;
    }

    String topic() {
      return "log" + ordinal() + "-in";
    }

    String group() {
      return this == AUDIT ? "audit-log" : "log-" + ordinal();
    }

    int events(Arguments arguments) {
      return Math.max(100, arguments.number("audit-events") / share);
    }
  }

  @Override
  public String name() {
    return "audit-log";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    Path folder = Files.createTempDirectory("event-agents-audit-log");
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Topics topics = new Topics(broker.announcement());
        ReferenceEvents source =
            new ReferenceEvents(broker.announcement(), arguments.number("tasks"))) {
      topics.create(
          Arrays.stream(Reader.values()).map(Reader::topic).toList(),
          arguments.number("partitions"));
      List<String> settings = new ArrayList<>(database.arguments("audit"));
      settings.add("--bench.index=false");
      settings.add("--audit.verification.bytes-per-second=1MB");
      settings.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
      settings.add("--audit.directory=" + folder.resolve("audit"));
      settings.add(
          "--spring.cloud.stream.bindings.auditLog-in-0.destination=" + Reader.AUDIT.topic());
      try (ChildJvm nothing = peer(AuditPeer.NOTHING, Reader.NOTHING, broker, folder);
          ChildJvm loop = peer(AuditPeer.LOOP, Reader.LOOP, broker, folder);
          Application audit =
              Application.start(
                  ExecutableJar.AUDIT_AGENT, AuditVariant.class, "audit-log", folder, settings)) {
        report.progress(
            "%s and %s run", nothing.announcement(), audit.name() + loop.announcement());
        return report(measure(topics, source, folder, arguments, report), arguments, report);
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static ChildJvm peer(String what, Reader reader, ChildJvm broker, Path folder)
      throws Exception {
    return AuditPeer.start(
        what, broker.announcement(), reader.topic(), reader.group(), folder.resolve(what));
  }

  private static Map<Reader, List<Double>> measure(
      Topics topics, ReferenceEvents source, Path folder, Arguments arguments, Report report)
      throws Exception {
    Map<Reader, List<Double>> measured = new EnumMap<>(Reader.class);
    List<Reader> order = new ArrayList<>(List.of(Reader.values()));
    for (int n = 1 - arguments.number("warm-up"); n <= arguments.number("rounds"); n++) {
      for (Reader reader : order) {
        int events = reader.events(arguments);
        double rate =
            reader == Reader.DISK ? disk(folder, events) : rate(topics, source, reader, events);
        report.progress(
            "%s %s: %,.0f events/s", n < 1 ? "warm-up" : "round " + n, reader.label, rate);
        if (n > 0) {
          measured.computeIfAbsent(reader, r -> new ArrayList<>()).add(rate);
        }
      }
      Collections.rotate(order, 1);
    }
    return measured;
  }

  private static double rate(Topics topics, ReferenceEvents source, Reader reader, int events)
      throws Exception {
    Instant released = source.write(reader.topic(), events);
    while (topics.behind(reader.group(), reader.topic()) > 0) {
      if (Duration.between(released, Instant.now()).compareTo(PATIENCE) > 0) {
        throw new IllegalStateException(reader.label + " did not read all events in " + PATIENCE);
      }
      Thread.sleep(5);
    }
    return events / (Duration.between(released, Instant.now()).toNanos() / 1e9);
  }

  /**
   * The limit of the disk: writes lines of the same length in batches of the same size as the
   * agent's.
   */
  private static double disk(Path folder, int events) throws IOException {
    byte[] batch = new byte[LINE * BATCH];
    new Random(1).nextBytes(batch);
    Path file = folder.resolve("disk");
    long begun = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = 0; n < events; n += BATCH) {
        ByteBuffer bytes = ByteBuffer.wrap(batch, 0, LINE * Math.min(BATCH, events - n));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Files.delete(file);
    return events / seconds;
  }

  private static List<Target> report(
      Map<Reader, List<Double>> measured, Arguments arguments, Report report) {
    report.heading("Writing the audit log");
    report.paragraph(
        "%d rounds of %,d events, %d partitions; the loop gets a sixtieth. Median of the rounds (least to greatest).",
        arguments.number("rounds"),
        arguments.number("audit-events"),
        arguments.number("partitions"));
    List<Double> nothing = measured.getOrDefault(Reader.NOTHING, List.of());
    List<Double> loop = measured.getOrDefault(Reader.LOOP, List.of());
    List<String[]> rows = new ArrayList<>();
    measured.forEach(
        (reader, rates) ->
            rows.add(
                new String[] {
                  reader.label,
                  Spread.of(rates).format(0),
                  Ratios.of(rates, nothing).format(2),
                  Ratios.of(rates, loop).format(1)
                }));
    report.table(
        List.of("reader", "events/s", "times the `KafkaConsumer`", "times the loop"), rows);
    List<Double> audit = measured.getOrDefault(Reader.AUDIT, List.of());
    return List.of(
        Target.atLeast(
            0.3,
            "audit log: times consuming and doing nothing",
            Ratios.of(audit, nothing).median()),
        Target.atLeast(8, "audit log: times the loop", Ratios.of(audit, loop).median()));
  }
}
