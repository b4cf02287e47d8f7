package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The four applications, the broker and the database server, each a process of its own. The mail
 * server and the stand-in for Slack run in this process.
 */
final class RunningSystem implements AutoCloseable {

  private final Report report;
  private final Path folder;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<Application> applications = new ArrayList<>();
  private final ChildJvm broker;
  private final Outlets outlets;

  private RunningSystem(Report report) throws Exception {
    this.report = report;
    this.folder = Files.createTempDirectory("event-agents-benchmark");
    try {
      this.broker = closing(BrokerProcess.start());
      Database database = closing(Database.start());
      this.outlets = closing(Outlets.open());
      List<String> shared = new ArrayList<>(database.arguments("event_agents"));
      shared.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
      shared.add("--event-agents.topics.partitions=3");
      shared.add("--audit.directory=" + audit());
      shared.addAll(outlets.arguments());
      for (ExecutableJar jar : ExecutableJar.values()) {
        applications.add(closing(Application.start(jar, folder, shared)));
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the system and waits until it is ready.
   *
   * @param report receives failures to close a part at the end
   */
  static RunningSystem start(Report report) throws Exception {
    return new RunningSystem(report);
  }

  private <C extends AutoCloseable> C closing(C part) {
    parts.addFirst(part);
    return part;
  }

  /** The directory of the audit log. */
  Path audit() {
    return folder.resolve("audit");
  }

  String brokers() {
    return broker.announcement();
  }

  Outlets outlets() {
    return outlets;
  }

  List<Application> applications() {
    return applications;
  }

  /** The processor times of all parts so far. */
  ProcessorTimes processorTimes() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    applications.forEach(application -> processes.put(application.name(), application.handle()));
    processes.put("broker", broker.handle());
    return ProcessorTimes.now(processes);
  }

  Application orchestrator() {
    return applications.getFirst();
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        // The other parts must still be closed.
        report.failure("Closing " + part.getClass().getSimpleName(), e);
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete the data of the run in " + folder, e);
    }
  }
}
