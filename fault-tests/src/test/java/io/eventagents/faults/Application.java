package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/**
 * The programs under test: the four applications as they are shipped, and one more with agents of
 * kinds that those lack.
 */
enum Application {
  ORCHESTRATOR("orchestrator-agent", "orchestrator"),
  NOTIFICATION("notification-agent", "notification"),
  SCHEDULING("scheduling-agent", "scheduling"),
  AUDIT("audit-agent", "audit"),
  RECEIPTS("receipt-agent", "receipts");

  private static final Path REPOSITORY =
      Path.of(System.getProperty("faults.repository", "..")).toAbsolutePath().normalize();
  private static final String VERSION = System.getProperty("faults.version", "0.1.0-SNAPSHOT");

  private final String module;
  private final String schema;

  Application(String module, String schema) {
    this.module = module;
    this.schema = schema;
  }

  /** Its schema in the database. */
  String schema() {
    return schema;
  }

  /** The names of its agents, which are their consumer groups. */
  List<String> groups() {
    return switch (this) {
      case ORCHESTRATOR -> List.of();
      case NOTIFICATION -> List.of("notification-email", "notification-slack");
      case SCHEDULING -> List.of("reminder-scheduler");
      case AUDIT -> List.of("audit-log");
      case RECEIPTS -> List.of("receipt-agent", "ledger-agent");
    };
  }

  String programName() {
    return module;
  }

  static Path repository() {
    return REPOSITORY;
  }

  static Path executable(String module, String classifier) {
    return executable(REPOSITORY, module, classifier);
  }

  /** The jar that was built in a clone of the repository. */
  static Path executable(Path repository, String module, String classifier) {
    Path jar =
        repository
            .resolve(module)
            .resolve("target")
            .resolve(module + "-" + VERSION + classifier + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is missing. Run ./mvnw package or ./mvnw verify first");
    }
    return jar;
  }

  /**
   * Unpacks the executable jar, which makes it start faster. {@code java -jar} with the result runs
   * the program.
   */
  static Path unpacked(Path jar, Path directory) {
    try {
      Process extraction =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Djarmode=tools",
                  "-jar",
                  jar.toString(),
                  "extract",
                  "--destination",
                  directory.toString())
              .inheritIO()
              .start();
      if (!extraction.waitFor(60, TimeUnit.SECONDS) || extraction.exitValue() != 0) {
        extraction.destroyForcibly();
        throw new IllegalStateException("Could not unpack " + jar);
      }
      return directory.resolve(jar.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String mainClass(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue("Main-Class");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
