package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The applications as they were at an earlier commit, built from the repository's history. */
final class EarlierVersion {

  private static final Path VERSIONS =
      Path.of(System.getProperty("faults.versions", "target/versions")).toAbsolutePath();
  private static final long PATIENCE_MINUTES = 30;

  private final String commit;

  private EarlierVersion(String commit) {
    this.commit = commit;
  }

  /**
   * A clone of the repository at this commit, with its applications built. The build takes minutes,
   * once per commit.
   */
  static Path built(String commit) {
    return new EarlierVersion(commit).built();
  }

  private Path built() {
    Path built = VERSIONS.resolve(commit);
    if (Files.exists(built)) {
      return built;
    }
    // An interrupted build does not count.
    Path begun = VERSIONS.resolve(commit + ".part");
    try {
      FileSystemUtils.deleteRecursively(begun);
      Files.createDirectories(VERSIONS);
      String repository = Application.repository().toString();
      run(
          Application.repository(),
          "the commit is not in this clone of the repository; fetch the whole history (git fetch"
              + " --unshallow), or name another commit with -Dfaults.previous=...",
          "git",
          "cat-file",
          "-e",
          commit + "^{commit}");
      run(
          VERSIONS,
          "it cannot be cloned",
          "git",
          "clone",
          "--quiet",
          "--no-checkout",
          repository,
          begun.toString());
      run(begun, "it cannot be checked out", "git", "checkout", "--quiet", "--detach", commit);
      run(
          begun,
          "it cannot be built",
          "./mvnw",
          "--quiet",
          "--batch-mode",
          "-DskipTests",
          "-pl",
          Stream.of(Application.values())
              .filter(application -> application != Application.RECEIPTS)
              .map(Application::programName)
              .collect(Collectors.joining(",")),
          "-am",
          "package");
      return Files.move(begun, built);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Path directory, String otherwise, String... command) throws IOException {
    Path log = VERSIONS.resolve(commit + ".log");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
        return;
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      throw new IllegalStateException(
          "The version of commit %s is not available: %s. %s ends with:%n%s"
              .formatted(
                  commit,
                  otherwise,
                  log,
                  String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()))));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
