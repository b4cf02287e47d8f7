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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Indexing the audit log from its files, compared with PostgreSQL's own {@code COPY} of the same
 * rows from a file in binary format into the same table with the same indexes.
 */
public final class AuditIndexGroup implements BenchmarkGroup {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String DATABASE = "audit";
  private static final String TOPIC = "index-in";
  private static final String COLUMNS =
      """
      topic_id, topic, partition, "offset", log, file, position, length, logged_at,
      record_timestamp, record_key, headers, payload, event_id, event_type, source, correlation_id,
      causation_id, occurred_at, metadata, data, mismatches, terms""";

  @Override
  public String name() {
    return "audit-index";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    Path folder = Files.createTempDirectory("event-agents-audit-index");
    try (ChildJvm broker = BrokerProcess.start();
        Topics topics = new Topics(broker.announcement());
        Database database = Database.start()) {
      topics.create(List.of(TOPIC), arguments.number("partitions"));
      Bench bench = new Bench(broker, database, folder, report);
      bench.log(arguments.number("index-events"));
      List<Double> ours = new ArrayList<>();
      List<Double> copies = new ArrayList<>();
      for (int n = 0; n <= arguments.number("rounds"); n++) {
        // The first round creates the file to copy and is not counted.
        boolean copyFirst = n % 2 == 1;
        double copied = copyFirst ? bench.copy() : 0;
        double indexed = bench.index();
        if (n == 0) {
          bench.keepRows();
        }
        if (!copyFirst) {
          copied = bench.copy();
        }
        report.progress(
            "%s: index %,.0f rows/s, COPY %,.0f rows/s",
            n == 0 ? "warm-up" : "round " + n, indexed, copied);
        if (n > 0) {
          ours.add(indexed);
          copies.add(copied);
        }
      }
      return report(ours, copies, arguments, report);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static List<Target> report(
      List<Double> ours, List<Double> copies, Arguments arguments, Report report) {
    Spread ratio = Ratios.of(ours, copies);
    report.heading("Indexing the audit log");
    report.paragraph(
        "%d rounds of %,d events. Median of the rounds (least to greatest).",
        ours.size(), arguments.number("index-events"));
    report.table(
        List.of("way", "rows/s", "times `COPY`"),
        List.of(
            new String[] {
              "our audit agent, from its log", Spread.of(ours).format(0), ratio.format(2)
            },
            new String[] {
              "`COPY` of the same rows, from a file of the server",
              Spread.of(copies).format(0),
              "1.00"
            }));
    return List.of(Target.atLeast(0.5, "audit index: times `COPY`", ratio.median()));
  }

  private static final class Bench {

    private final ChildJvm broker;
    private final Database database;
    private final Path folder;
    private final Report report;
    private final Path rows;
    private int events;
    private long bytes;
    private final List<String> inTheDatabase;
    private volatile @Nullable Application running;
    private volatile @Nullable Exception failure;

    Bench(ChildJvm broker, Database database, Path folder, Report report) {
      this.broker = broker;
      this.database = database;
      this.folder = folder;
      this.report = report;
      this.rows = folder.resolve("rows.copy");
      this.inTheDatabase = database.arguments(DATABASE);
    }

    /** Writes a log of this many events. */
    void log(int count) throws Exception {
      events = count;
      List<String> settings = settings();
      settings.add("--bench.index=false");
      try (ChainEvents source = new ChainEvents(broker.announcement());
          Application audit = start(settings)) {
        source.write(TOPIC, count);
        Instant end = Instant.now().plus(PATIENCE);
        while (lines() < count) {
          if (Instant.now().isAfter(end)) {
            throw new IllegalStateException(
                audit.name() + " did not log all events in " + PATIENCE);
          }
          Thread.sleep(500);
        }
      }
      try (Stream<Path> files = logFiles()) {
        for (Path file : files.toList()) {
          bytes += Files.size(file);
        }
      }
      report.progress("%,d events are logged, %,d bytes", count, bytes);
    }

    private long lines() throws Exception {
      long lines = 0;
      if (!Files.isDirectory(folder.resolve("audit"))) {
        return 0;
      }
      try (Stream<Path> files = logFiles()) {
        for (Path file : files.toList()) {
          try (Stream<String> each = Files.lines(file)) {
            lines += each.count();
          }
        }
      }
      return lines;
    }

    private Stream<Path> logFiles() throws Exception {
      return Files.list(folder.resolve("audit")).filter(file -> file.toString().endsWith(".jsonl"));
    }

    private List<String> settings() {
      List<String> settings = new ArrayList<>(inTheDatabase);
      settings.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
      settings.add("--audit.directory=" + folder.resolve("audit"));
      settings.add("--spring.cloud.stream.bindings.auditLog-in-0.destination=" + TOPIC);
      return settings;
    }

    private Application start(List<String> settings) throws Exception {
      return Application.start(
          ExecutableJar.AUDIT_AGENT, AuditVariant.class, "audit-index", folder, settings);
    }

    /** The rows per second that our agent stores, from its first to its last. */
    double index() throws Exception {
      try (Connection connection = database.connect(DATABASE);
          Statement statement = connection.createStatement()) {
        empty(statement);
        Thread starting =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        running = start(settings());
                      } catch (Exception e) {
                        failure = e;
                      }
                    });
        try {
          long first = awaitPosition(statement, 1);
          long begun = System.nanoTime();
          awaitPosition(statement, bytes);
          double seconds = (System.nanoTime() - begun) / 1e9;
          return events * ((bytes - first) / (double) bytes) / seconds;
        } finally {
          starting.join();
          if (running != null) {
            running.close();
          }
        }
      }
    }

    private long awaitPosition(Statement statement, long least) throws Exception {
      Instant end = Instant.now().plus(PATIENCE);
      while (Instant.now().isBefore(end) && failure == null) {
        try (ResultSet row =
            statement.executeQuery("select coalesce(sum(position), 0) from audit.logs")) {
          row.next();
          if (row.getLong(1) >= least) {
            return row.getLong(1);
          }
        }
        Thread.sleep(10);
      }
      throw new IllegalStateException("The log was not indexed in " + PATIENCE, failure);
    }

    /** Keeps the indexed rows in a file that the server can read. */
    void keepRows() throws Exception {
      try (Connection connection = database.connect(DATABASE);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "copy (select "
                + COLUMNS
                + " from audit.records order by number) to '"
                + rows
                + "' (format binary)");
      }
    }

    /** The rows per second that the server copies. */
    double copy() throws Exception {
      try (Connection connection = database.connect(DATABASE);
          Statement statement = connection.createStatement()) {
        empty(statement);
        statement.execute(
            "insert into audit.logs (id, log_id, directory) overriding system value"
                + " select 1, gen_random_uuid(), '' where not exists (select from audit.logs)");
        long begun = System.nanoTime();
        statement.execute(
            "copy audit.records (" + COLUMNS + ") from '" + rows + "' (format binary)");
        return events / ((System.nanoTime() - begun) / 1e9);
      }
    }

    private static void empty(Statement statement) throws SQLException {
      statement.execute("truncate audit.records");
      statement.execute("update audit.logs set file = null, position = null");
      statement.execute("checkpoint");
    }
  }
}
