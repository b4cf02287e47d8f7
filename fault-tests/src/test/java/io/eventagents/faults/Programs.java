package io.eventagents.faults;

import io.eventagents.faults.receipts.ReceiptAgentApplication;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The unpacked applications of a version, and the arguments of {@code java} that run them. */
final class Programs {

  private final Map<Application, Path> jars = new EnumMap<>(Application.class);

  private Programs() {}

  /** Unpacks the applications that were built in a clone of the repository. */
  static Programs unpack(Path repository, Path directory) {
    Programs programs = new Programs();
    List.of(
            Application.ORCHESTRATOR,
            Application.NOTIFICATION,
            Application.SCHEDULING,
            Application.AUDIT)
        .parallelStream()
        .map(
            application ->
                Map.entry(
                    application,
                    Application.unpacked(
                        Application.executable(repository, application.programName(), "-exec"),
                        directory.resolve(application.programName()))))
        .toList()
        .forEach(entry -> programs.jars.put(entry.getKey(), entry.getValue()));
    return programs;
  }

  /**
   * The arguments of {@code java} for an application; with the classes of this module if its clock
   * is wrong.
   */
  List<String> command(Application application, boolean clockIsOff) {
    if (application == Application.RECEIPTS) {
      // The libraries of another application, and the classes of this module.
      Path libraries = jar(Application.NOTIFICATION).resolveSibling("lib");
      return List.of(
          "-cp", ourClasses() + ":" + libraries + "/*", ReceiptAgentApplication.class.getName());
    }
    Path jar = jar(application);
    return clockIsOff
        ? List.of("-cp", jar + ":" + ourClasses(), Application.mainClass(jar))
        : List.of("-jar", jar.toString());
  }

  private Path jar(Application application) {
    Path jar = jars.get(application);
    if (jar == null) {
      throw new IllegalStateException(application + " has no jar");
    }
    return jar;
  }

  private static Path ourClasses() {
    try {
      return Path.of(
          ReceiptAgentApplication.class
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
