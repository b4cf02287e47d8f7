package io.eventagents.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The executable jars of the applications from the build. */
enum ExecutableJar {
  ORCHESTRATOR_AGENT("orchestrator-agent"),
  NOTIFICATION_AGENT("notification-agent"),
  SCHEDULING_AGENT("scheduling-agent"),
  AUDIT_AGENT("audit-agent");

  private final String module;

  ExecutableJar(String module) {
    this.module = module;
  }

  String module() {
    return module;
  }

  /**
   * The path of the jar.
   *
   * @throws IllegalStateException if it is not built; the message says how to build it
   */
  Path path() throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path target = folder.resolve(module).resolve("target");
      if (Files.isDirectory(target)) {
        try (Stream<Path> files = Files.list(target)) {
          var found = files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst();
          if (found.isPresent()) {
            return found.get();
          }
        }
      }
    }
    throw new IllegalStateException(
        "No executable jar of %s found. Build it with ./mvnw -q -pl benchmarks -am -DskipTests package"
            .formatted(module));
  }
}
